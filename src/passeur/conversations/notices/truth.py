"""What people are told when somebody says that a text no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation.icons import Icon
from passeur.notifications.protocols import Kind, Line, Told, register

from .. import policies
from ..choices import Part
from ..models import Contribution, Verification

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def _doubted(member: Member, objects: Collection[int]) -> QuerySet[Contribution]:
    """Texts that the person may read and of which it was said last that they no longer hold."""
    outdated = Contribution.objects.filter(
        policies.visible_to(member, "conversation__"),
        pk__in=objects,
        deleted_at=None,
        conversation__outdated_at__isnull=False,
    )
    return outdated.filter(accepted_in__isnull=False) | outdated.filter(part=Part.OPENING)


def _still_doubted(member: Member, objects: Collection[int]) -> set[int]:
    return set(_doubted(member, objects).values_list("pk", flat=True))


def _lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    last = Verification.objects.filter(contribution=OuterRef("pk")).order_by("-created_at", "-pk")
    texts = (
        _doubted(member, [one.object for one in told])
        .select_related("conversation__community")
        .annotate(whose=Subquery(last.values("member__name")[:1]), why=Subquery(last.values("reason")[:1]))
    )
    return {
        text.pk: Line(
            words=_words(member, text) % {"name": vars(text)["whose"]},
            url=reverse("conversations:contribution", args=[text.pk]),
            title=text.conversation.title,
            place=text.conversation.community.name,
            extract=vars(text)["why"] or "",
        )
        for text in texts
    }


def _words(member: Member, text: Contribution) -> str:
    if text.author_id == member.pk:
        return gettext("%(name)s dit que ce que vous avez écrit n’est plus vrai")
    return gettext("%(name)s dit qu’un texte de votre communauté n’est plus vrai")


OUTDATED = register(
    Kind(
        "outdated",
        _("Ce qui n’est plus vrai"),
        _(
            "Quelqu’un signale comme dépassé ce que vous avez écrit, ou un texte d’une communauté que vous "
            "animez."
        ),
        Icon("history"),
        _still_doubted,
        _lines,
        order=55,
    )
)
