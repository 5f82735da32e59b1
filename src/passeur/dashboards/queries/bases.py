"""What a share is made of, in words: « 65 sur 77 questions »."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.measures.estimates import Share
from passeur.foundation.charts import Unit, say


def plain(share: Share) -> str:
    """« 26 sur 38 », where what is counted stands beside it."""
    return _said(_("%(n)s sur %(of)s"), share)


def questions(share: Share) -> str:
    return _said(ngettext("%(n)s sur %(of)s question", "%(n)s sur %(of)s questions", share.of), share)


def late_questions(share: Share) -> str:
    """Of questions without a reply, those that nobody may expect one for yet are no part."""
    return _said(
        ngettext(
            "%(n)s sur %(of)s question, l’objectif passé",
            "%(n)s sur %(of)s questions, l’objectif passé",
            share.of,
        ),
        share,
    )


def first_questions(share: Share) -> str:
    return _said(
        ngettext("%(n)s sur %(of)s première question", "%(n)s sur %(of)s premières questions", share.of),
        share,
    )


def exchanges(share: Share) -> str:
    return _said(ngettext("%(n)s sur %(of)s échange", "%(n)s sur %(of)s échanges", share.of), share)


def texts(share: Share) -> str:
    return _said(ngettext("%(n)s sur %(of)s texte", "%(n)s sur %(of)s textes", share.of), share)


def visits(share: Share) -> str:
    return _said(ngettext("%(n)s sur %(of)s passage", "%(n)s sur %(of)s passages", share.of), share)


def pairs(share: Share) -> str:
    return _said(ngettext("%(n)s sur %(of)s paire", "%(n)s sur %(of)s paires", share.of), share)


def members(share: Share, blocks: int = 1) -> str:
    """Of several blocks, who belongs in all of them is counted in each: more than there are members."""
    counted = _said(ngettext("%(n)s sur %(of)s membre", "%(n)s sur %(of)s membres", share.of), share)
    if blocks == 1:
        return counted
    return _("%(counted)s, en additionnant %(blocks)s blocs de quatre semaines") % {
        "counted": counted,
        "blocks": say(blocks, Unit.COUNT),
    }


def active_in_a_year(share: Share) -> str:
    return _said(
        ngettext(
            "%(n)s sur %(of)s membre actif dans l’année",
            "%(n)s sur %(of)s membres actifs dans l’année",
            share.of,
        ),
        share,
    )


def weeks(share: Share, communities: int = 1) -> str:
    """Of several communities, each has its own: more than the period has."""
    counted = _said(ngettext("%(n)s sur %(of)s semaine", "%(n)s sur %(of)s semaines", share.of), share)
    if communities == 1:
        return counted
    return _("%(counted)s, celles de chaque communauté") % {"counted": counted}


def _said(words: str, share: Share) -> str:
    return words % {"n": say(share.count, Unit.COUNT), "of": say(share.of, Unit.COUNT)}
