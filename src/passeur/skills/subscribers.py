"""What the skills room does when something happens elsewhere."""

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.accounts.services import carry_back, carry_over
from passeur.foundation.events import subscribe

from .models import DeclaredSkill, Interest


@subscribe(MembersMerged)
def give_statements_over(event: MembersMerged) -> None:
    """What the imported member had stated, the person states."""
    carry_over(event.merge, DeclaredSkill, "member", once_with=["theme"])
    carry_over(event.merge, Interest, "member", once_with=["theme"])


@subscribe(MergeUndone)
def give_statements_back(event: MergeUndone) -> None:
    """What came with the merge goes back."""
    carry_back(event.merge, DeclaredSkill, "member")
    carry_back(event.merge, Interest, "member")
