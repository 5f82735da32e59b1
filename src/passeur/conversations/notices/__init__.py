"""What people are told of conversations, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation import markdown
from passeur.foundation.dates import on_day
from passeur.foundation.icons import Icon
from passeur.notifications.choices import Way
from passeur.notifications.protocols import (
    Kind,
    Line,
    Move,
    Told,
    register,
)
from passeur.writing import queries as writing

from .. import policies
from ..choices import State
from ..models import Contribution, Conversation, Mention
from . import digest
from .subjects import subject
from .truth import OUTDATED

if TYPE_CHECKING:
    from passeur.accounts.models import Member

LONGEST_EXTRACT = 600
__all__ = [
    "ACCEPTED",
    "ANSWER",
    "COMMENT",
    "DRAFT_EXPIRES",
    "MENTION",
    "OUTDATED",
    "REOPENED",
    "REPLY",
    "digest",
    "names_of",
    "subject",
]


def _readable(member: Member) -> QuerySet[Conversation]:
    return Conversation.objects.filter(policies.visible_to(member))


def _standing(member: Member) -> QuerySet[Contribution]:
    """Texts that the person may read and that nobody took out."""
    seen = policies.visible_to(member, "conversation__")
    return Contribution.objects.filter(seen, deleted_at=None)


def _conversations(member: Member, objects: Collection[int]) -> set[int]:
    return set(_readable(member).filter(pk__in=objects).values_list("pk", flat=True))


def _contributions(member: Member, objects: Collection[int]) -> set[int]:
    return set(_standing(member).filter(pk__in=objects).values_list("pk", flat=True))


def names_of(people: Iterable[str]) -> str:
    """« Naïma », « Naïma et Karim », « Naïma et 3 autres personnes »: who came last comes first."""
    names = list(dict.fromkeys(people))[::-1]
    if len(names) <= 1:
        return "".join(names)
    if len(names) == 2:
        return gettext("%(one)s et %(other)s") % {"one": names[0], "other": names[1]}
    others = len(names) - 1
    return gettext("%(one)s et %(others)s autres personnes") % {"one": names[0], "others": others}


def _extract(contribution: Contribution) -> str:
    text = markdown.to_text(contribution.html)
    return text if len(text) <= LONGEST_EXTRACT else text[:LONGEST_EXTRACT].rsplit(" ", 1)[0] + "…"


def _address(contribution: int) -> str:
    return reverse("conversations:contribution", args=[contribution])


def _texts(member: Member, told: Sequence[Told]) -> dict[int, Contribution]:
    """The texts that happened, those that stand and may be read. One query."""
    keys = {pk for one in told for pk in one.happened}
    found = _standing(member).filter(pk__in=keys)
    return found.select_related("author", "conversation__community").in_bulk()


def _written(words: Callable[[str, int], str]) -> Callable[[Member, Sequence[Told]], dict[int, Line]]:
    """Lines about texts written: by whom, and the text where it is one. `words` of the names and how many."""

    def lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
        texts = _texts(member, told)
        made = {}
        for one in told:
            written = [texts[pk] for pk in one.happened if pk in texts]
            if not written:
                continue
            first = written[0]
            made[one.object] = Line(
                words=words(names_of(text.author.name for text in written), len(written)),
                url=_address(first.pk),
                title=first.conversation.title,
                place=first.conversation.community.name,
                extract=_extract(first) if len(written) == 1 else "",
            )
        return made

    return lines


def _answers(names: str, count: int) -> str:
    return ngettext("%(names)s vous répond", "%(names)s : %(count)s messages", count) % {
        "names": names,
        "count": count,
    }


def _replies(names: str, count: int) -> str:
    return ngettext("%(names)s a écrit", "%(names)s : %(count)s messages", count) % {
        "names": names,
        "count": count,
    }


def _comments(names: str, count: int) -> str:
    return ngettext(
        "%(names)s commente ce que vous avez écrit",
        "%(names)s : %(count)s commentaires sur ce que vous avez écrit",
        count,
    ) % {"names": names, "count": count}


def _mentions(names: str, count: int) -> str:
    return gettext("%(names)s vous mentionne") % {"names": names}


def _named(member: Member, objects: Collection[int]) -> set[int]:
    """Texts that still name the person."""
    named = Mention.objects.filter(member=member, contribution__in=objects)
    return set(_standing(member).filter(mentions__in=named).values_list("pk", flat=True))


def _accepted(member: Member, objects: Collection[int]) -> set[int]:
    """Answers that still are the accepted ones."""
    return set(
        _standing(member).filter(pk__in=objects, accepted_in__isnull=False).values_list("pk", flat=True)
    )


def _accepted_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    answers = _standing(member).filter(pk__in=[one.object for one in told])
    return {
        answer.pk: Line(
            words=gettext("Votre réponse a résolu la question"),
            url=_address(answer.pk),
            title=answer.conversation.title,
            place=answer.conversation.community.name,
        )
        for answer in answers.select_related("conversation__community")
    }


def _unresolved(member: Member, objects: Collection[int]) -> set[int]:
    """Questions that are open, no answer of which is accepted."""
    open_now = _readable(member).filter(pk__in=objects, accepted_answer=None, closed_at=None)
    return set(open_now.exclude(state__in=[State.RESOLVED, State.CLOSED]).values_list("pk", flat=True))


def _reopened_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    questions = _readable(member).filter(pk__in=[one.object for one in told]).select_related("community")
    return {
        question.pk: Line(
            words=gettext("La réponse retenue n’est plus là : votre question est de nouveau ouverte"),
            url=reverse("conversations:detail", args=[question.pk]),
            title=question.title,
            place=question.community.name,
            moves=[
                Move(gettext("Voir les autres réponses"), reverse("conversations:detail", args=[question.pk]))
            ],
        )
        for question in questions
    }


ANSWER = register(
    Kind(
        "answer",
        _("Réponses à ce que vous avez demandé ou lancé"),
        _("Quelqu’un écrit dans un échange que vous avez ouvert."),
        Icon("reply"),
        _conversations,
        _written(_answers),
        order=10,
    )
)
COMMENT = register(
    Kind(
        "comment",
        _("Commentaires"),
        _("Quelqu’un commente ce que vous avez écrit."),
        Icon("message-circle"),
        _contributions,
        _written(_comments),
        order=20,
    )
)
MENTION = register(
    Kind(
        "mention",
        _("Mentions"),
        _("Quelqu’un écrit votre nom court dans un message."),
        Icon("user-check"),
        _named,
        _written(_mentions),
        order=30,
    )
)
ACCEPTED = register(
    Kind(
        "accepted",
        _("Réponse retenue"),
        _("Une de vos réponses a résolu la question."),
        Icon("circle-check"),
        _accepted,
        _accepted_lines,
        order=40,
    )
)
REOPENED = register(
    Kind(
        "reopened",
        _("Question rouverte"),
        _("La réponse que vous aviez retenue a été retirée."),
        Icon("door-open"),
        _unresolved,
        _reopened_lines,
        order=50,
    )
)
REPLY = register(
    Kind(
        "reply",
        _("Échanges que vous suivez"),
        _("Quelqu’un écrit dans un échange que vous suivez sans l’avoir ouvert."),
        Icon("messages-square"),
        _conversations,
        _written(_replies),
        default=Way.PAGE,
        order=60,
    )
)


def _drafts_due(member: Member, objects: Collection[int]) -> set[int]:
    """Drafts that still go soon: one that was written on since stays."""
    soon = [listed.draft.pk for listed in writing.my_drafts(member) if listed.goes_soon]
    return {pk for pk in objects if pk in soon}


def _drafts(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    listed = {found.draft.pk: found for found in writing.my_drafts(member)}
    return {
        one.object: Line(
            words=gettext("Un de vos brouillons s’efface %(day)s")
            % {"day": on_day(draft.goes_on, with_year=False)},
            url=reverse("writing:drafts"),
            title=draft.spot.words if draft.spot else gettext("Un texte dont la place n’est plus ouverte"),
            extract=draft.extract[:LONGEST_EXTRACT],
        )
        for one in told
        if (draft := listed.get(one.object)) is not None
    }


DRAFT_EXPIRES = register(
    Kind(
        "draft_expires",
        _("Brouillons qui s’effacent"),
        _("Un brouillon que vous n’avez pas touché depuis longtemps s’efface dans deux semaines."),
        Icon("file-pen-line"),
        _drafts_due,
        _drafts,
        order=70,
    )
)
