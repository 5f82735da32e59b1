"""Why somebody, in words that they would read themselves: true of the record, never a percentage.

A reason is kept as JSON values and put into words when it is read, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.routing import Reason, ReasonKind
from passeur.foundation import dates

DECLARED, NAMED = "declared", "named"
UNNAMED = "unnamed"  # answered close exchanges, of which the first has no title any more
Kept = dict[str, Any]


class Named(str):
    """A sentence that begins with a name: its first letter stays as it is."""

    __slots__ = ()


def kept(
    reasons: Iterable[tuple[int, Iterable[Reason]]],
    asker: str,
    names: Mapping[int, str],
    titles: Mapping[int, str],
) -> dict[int, list[Kept]]:
    """By person, their reasons as they are kept, with the names of themes and the titles of questions."""
    return {person: [_keep(reason, names, titles, asker) for reason in some] for person, some in reasons}


def _keep(reason: Reason, names: Mapping[int, str], titles: Mapping[int, str], asker: str) -> Kept:
    words: Kept = {"kind": str(reason.kind), "count": reason.count, "accepted": reason.accepted}
    if reason.theme is not None:
        words |= {"theme": names.get(reason.theme, ""), "theme_id": reason.theme}
    if reason.questions:
        words |= {"question": titles.get(reason.questions[0], ""), "question_id": reason.questions[0]}
    if reason.days is not None:
        words["days"] = reason.days
    if reason.kind == ReasonKind.HELPED_ASKER:
        words["asker"] = asker
    return words


def declared(theme_id: int, name: str) -> Kept:
    """The person says that they can help with a theme."""
    return {"kind": DECLARED, "theme": name, "theme_id": theme_id}


def in_words(reason: Kept, *, to_them: bool = False) -> str:
    """One sentence without its full stop, about the person or (`to_them`) said to the person."""
    count = int(reason.get("count", 0))
    kind = str(reason["kind"])
    if kind == ReasonKind.SIMILAR_ANSWERS and not reason.get("question"):
        kind = UNNAMED
    said = (_to_them if to_them else _of_them)(kind, count)
    sentence = said % {"n": count, **reason}
    if said.startswith("%("):
        sentence = Named(sentence)
    if reason["kind"] in (ReasonKind.MENTIONED, ReasonKind.HELPED_ASKER, DECLARED, NAMED):
        return sentence
    return sentence + _accepted(count, int(reason.get("accepted", 0)))


def _of_them(kind: str, n: int) -> str:
    """What is said of the person to others."""
    if kind == ReasonKind.MENTIONED:
        return _("Son nom est dans la question")
    if kind == NAMED:
        return _("%(by)s a donné son nom")
    if kind == DECLARED:
        return _("Dit pouvoir aider sur « %(theme)s »")
    if kind == ReasonKind.HELPED_ASKER:
        return ngettext(
            "A déjà répondu dans un échange ouvert par %(asker)s",
            "A déjà répondu dans %(n)s échanges ouverts par %(asker)s",
            n,
        )
    if kind == ReasonKind.THEME_ANSWERS:
        return ngettext(
            "A répondu dans un échange sur « %(theme)s »",
            "A répondu dans %(n)s échanges sur « %(theme)s »",
            n,
        )
    if kind == ReasonKind.SIMILAR_ANSWERS:
        return ngettext(
            "A répondu dans un échange proche, « %(question)s »",
            "A répondu dans %(n)s échanges proches, comme « %(question)s »",
            n,
        )
    if kind == UNNAMED:
        return ngettext("A répondu dans un échange proche", "A répondu dans %(n)s échanges proches", n)
    if kind == ReasonKind.RECENT_ANSWERS:
        return ngettext(
            "A répondu dans un échange ces %(days)s derniers jours",
            "A répondu dans %(n)s échanges ces %(days)s derniers jours",
            n,
        )
    return ngettext(
        "A répondu dans un échange de la communauté", "A répondu dans %(n)s échanges de la communauté", n
    )


def _to_them(kind: str, n: int) -> str:
    """The same, said to the person."""
    if kind == ReasonKind.MENTIONED:
        return _("Votre nom est dans la question")
    if kind == NAMED:
        return _("%(by)s a donné votre nom")
    if kind == DECLARED:
        return _("Vous dites pouvoir aider sur « %(theme)s »")
    if kind == ReasonKind.HELPED_ASKER:
        return ngettext(
            "Vous avez déjà répondu dans un échange ouvert par %(asker)s",
            "Vous avez déjà répondu dans %(n)s échanges ouverts par %(asker)s",
            n,
        )
    if kind == ReasonKind.THEME_ANSWERS:
        return ngettext(
            "Vous avez répondu dans un échange sur « %(theme)s »",
            "Vous avez répondu dans %(n)s échanges sur « %(theme)s »",
            n,
        )
    if kind == ReasonKind.SIMILAR_ANSWERS:
        return ngettext(
            "Vous avez répondu dans un échange proche, « %(question)s »",
            "Vous avez répondu dans %(n)s échanges proches, comme « %(question)s »",
            n,
        )
    if kind == UNNAMED:
        return ngettext(
            "Vous avez répondu dans un échange proche", "Vous avez répondu dans %(n)s échanges proches", n
        )
    if kind == ReasonKind.RECENT_ANSWERS:
        return ngettext(
            "Vous avez répondu dans un échange ces %(days)s derniers jours",
            "Vous avez répondu dans %(n)s échanges ces %(days)s derniers jours",
            n,
        )
    return ngettext(
        "Vous avez répondu dans un échange de la communauté",
        "Vous avez répondu dans %(n)s échanges de la communauté",
        n,
    )


def _accepted(count: int, accepted: int) -> str:
    if not accepted:
        return ""
    if count == 1:
        return _(", réponse acceptée")
    return ngettext(", dont %(n)s réponse acceptée", ", dont %(n)s réponses acceptées", accepted) % {
        "n": accepted
    }


def joined(parts: list[str]) -> str:
    """Sentences without full stops made one, with its full stop: « A fait ceci ; a fait cela. »"""
    between = " ; " if dates.in_french() else "; "
    told = between.join([*parts[:1], *(_within(part) for part in parts[1:])])
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _within(part: str) -> str:
    return part if isinstance(part, Named) else part[:1].lower() + part[1:]


def after_a_name(reason: Kept, room: int) -> str:
    """What somebody did and how much more they accept, for a sentence that begins with their name.

    `room` 0 says nothing of it. Empty for a reason that is not something they do.
    """
    if reason["kind"] in (ReasonKind.MENTIONED, NAMED):
        return ""
    done = _within(in_words(reason))
    if not room:
        return done
    left = ngettext(
        "%(done)s, et a encore de la place pour une demande cette semaine",
        "%(done)s, et a encore de la place pour %(n)s demandes cette semaine",
        room,
    )
    return left % {"done": done, "n": room}


def room_in_words(room: int) -> str:
    """How much more somebody accepts."""
    return ngettext(
        "encore de la place pour une demande cette semaine",
        "encore de la place pour %(n)s demandes cette semaine",
        room,
    ) % {"n": room}
