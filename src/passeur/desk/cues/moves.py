"""What a manager can do about a cue, and what a move asks for before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.expertise.queries import Candidate

Words = str | Promise

LONGEST = 4000
"""Characters of a text, unless a move takes fewer."""


class Opens(Enum):
    """What a move opens in place before it is done."""

    NOTHING = "nothing"
    TEXT = "text"
    SIMILAR = "similar"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Move:
    """Something a manager can do about a cue. `name` is the gesture of `services.gestures` that does it.

    One that opens nothing is done at once; one with `url` leads elsewhere. `person` and `towards` say to
    whom, and about whom. `field`, `hint`, `send`, `draft` and `longest` are of the text it asks for.
    """

    name: str
    label: Words
    person: Member | None = None
    towards: Member | None = None
    target: int | None = None
    opens: Opens = Opens.NOTHING
    url: str = ""
    field: Words = ""
    hint: Words = ""
    send: Words = ""
    draft: Words = ""
    longest: int = LONGEST

    @property
    def slug(self) -> str:
        """What names it among the moves of its cue."""
        parts = [self.name, self.person.pk if self.person else None]
        return "-".join(str(part) for part in parts if part)


def leads_to(name: str, label: Words, url: str) -> Move:
    """Goes to another page, where it is done."""
    return Move(name, label, url=url)


def answer() -> Move:
    """Write in the conversation, here and now."""
    return Move(
        "answer",
        gettext_lazy("Répondre"),
        opens=Opens.TEXT,
        field=gettext_lazy("Votre réponse"),
        hint=gettext_lazy("Dites ce que vous avez fait et ce que cela a donné. Quelques lignes suffisent."),
        send=gettext_lazy("Publier ma réponse"),
    )


def point() -> Move:
    """Point to a close question that was answered."""
    return Move("point", gettext_lazy("Indiquer une question proche"), opens=Opens.SIMILAR)


def refer(best: Candidate | None, label: Words) -> Move:
    """Take the question to the person who is first in its list, or choose somebody."""
    if best is None:
        return Move("refer", label, opens=Opens.PEOPLE, send=gettext_lazy("Solliciter cette personne"))
    return Move("refer", _("Solliciter %(name)s") % {"name": best.member.first_name}, person=best.member)


def note(
    name: str,
    label: Words,
    *,
    to: Member | None = None,
    towards: Member | None = None,
    draft: Words,
) -> Move:
    """Write a note: to somebody, or to a person one chooses."""
    return Move(
        name,
        label,
        person=to,
        towards=towards,
        opens=Opens.TEXT if to else Opens.PEOPLE,
        field=_("Votre mot à %(name)s") % {"name": to.name} if to else gettext_lazy("Votre mot"),
        hint=gettext_lazy("Il part par courriel dans deux minutes, et se lit aussi dans Passeur."),
        send=gettext_lazy("Envoyer"),
        draft=draft,
    )


def introduce(member: Member, other: Member, draft: Words) -> Move:
    """Propose that two people meet."""
    return Move(
        "introduce",
        gettext_lazy("Proposer la présentation"),
        person=other,
        towards=member,
        opens=Opens.TEXT,
        field=gettext_lazy("Pourquoi les présenter"),
        hint=gettext_lazy("Les deux le lisent, dans les mêmes mots. Personne ne sait qui dirait non."),
        send=gettext_lazy("Proposer aux deux"),
        draft=draft,
        longest=400,
    )


def spotlight(contribution: int, draft: Words) -> Move:
    """Show a contribution on the first page of its community."""
    return Move(
        "spotlight",
        gettext_lazy("Mettre à la une"),
        target=contribution,
        opens=Opens.TEXT,
        field=gettext_lazy("Pourquoi la montrer"),
        hint=gettext_lazy("Une phrase, que chacun lira à côté de la contribution."),
        send=gettext_lazy("Mettre à la une"),
        draft=draft,
        longest=300,
    )
