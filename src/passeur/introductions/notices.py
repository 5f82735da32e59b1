"""How introductions read among what one is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation.icons import Icon
from passeur.notifications.protocols import Kind, Line, Told, register

from . import policies
from .choices import State
from .models import Introduction
from .queries.mine import unanswered_by
from .queries.suggesting import found_words

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def subject(pk: int) -> str:
    return f"introduction:{pk}"


def outcome_words(wrote: int | None) -> str:
    """Whether the two wrote to each other, without saying who."""
    if wrote is None:
        return ""
    if wrote == 0:
        return gettext("Personne n’a encore écrit.")
    if wrote == 1:
        return gettext("Une des deux personnes a écrit.")
    return gettext("Les deux personnes se sont écrit.")


def _mine(member: Member, objects: Collection[int]) -> QuerySet[Introduction]:
    return Introduction.objects.filter(policies.visible_to(member), pk__in=objects).select_related(
        "first", "second", "community"
    )


def _to_answer(member: Member, objects: Collection[int]) -> set[int]:
    if not member.introducible:
        return set()
    return set(_mine(member, objects).filter(unanswered_by(member)).values_list("pk", flat=True))


def _open(member: Member, objects: Collection[int]) -> set[int]:
    return set(_mine(member, objects).filter(state=State.OPEN).values_list("pk", flat=True))


def _proposed_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    return {
        one.pk: Line(
            words=gettext("Une présentation vous est proposée"),
            url=f"{reverse('introductions:mine')}#introduction-{one.pk}",
            title=one.other(member).name,
            place=one.community.name,
            extract=one.reason,
            details=found_words(one, member),
        )
        for one in _mine(member, [each.object for each in told])
    }


def _opened_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    return _exchange_lines(member, told, gettext("Deux fois oui : vous pouvez vous écrire"))


def _message_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    return _exchange_lines(member, told, gettext("Un message vous attend"))


def _exchange_lines(member: Member, told: Sequence[Told], words: str) -> dict[int, Line]:
    """What was written stays in the exchange: a mail says only that it is there."""
    return {
        one.pk: Line(
            words=words,
            url=reverse("introductions:exchange", args=[one.pk]),
            title=one.other(member).name,
            place=gettext("Présentations"),
        )
        for one in _mine(member, [each.object for each in told])
    }


def _led(member: Member, objects: Collection[int]) -> QuerySet[Introduction]:
    return Introduction.objects.filter(
        policies.proposed_in(member), proposed_by=member, pk__in=objects, wrote__isnull=False
    )


def _outcome_due(member: Member, objects: Collection[int]) -> set[int]:
    return set(_led(member, objects).values_list("pk", flat=True))


def _outcome_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    rows = _led(member, [each.object for each in told]).select_related("first", "second", "community")
    return {
        one.pk: Line(
            words=outcome_words(one.wrote),
            url=reverse("introductions:proposed", args=[one.community.slug]),
            title=f"{one.first.name}, {one.second.name}",
            place=one.community.name,
        )
        for one in rows
    }


PROPOSED = register(
    Kind(
        "introduction",
        _("Présentation proposée"),
        _("Quelqu’un que vous pourriez rencontrer, et pourquoi."),
        Icon("heart-handshake"),
        _to_answer,
        _proposed_lines,
        order=72,
    )
)
OPENED = register(
    Kind(
        "introduction-open",
        _("Présentation ouverte"),
        _("L’autre personne et vous avez dit oui."),
        Icon("heart-handshake"),
        _open,
        _opened_lines,
        order=73,
    )
)
MESSAGE = register(
    Kind(
        "introduction-message",
        _("Message d’une personne rencontrée"),
        _("Dans l’échange à deux qui suit une présentation."),
        Icon("message-circle"),
        _open,
        _message_lines,
        order=74,
    )
)
OUTCOME = register(
    Kind(
        "introduction-outcome",
        _("Suite d’une présentation"),
        _("Deux semaines après une présentation que vous avez proposée : se sont-elles écrit ?"),
        Icon("heart-handshake"),
        _outcome_due,
        _outcome_lines,
        order=75,
    )
)
