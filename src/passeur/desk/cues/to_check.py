"""Texts that nobody looked at for as long as their community wants: one line, the most useful first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.communities import events as communities
from passeur.conversations.queries import needs
from passeur.engagement import events as engagement
from passeur.engagement import queries as measures
from passeur.engagement.policies import SMALLEST
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves, questions, texts
from .cue import Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.conversations.models import Contribution
    from passeur.engagement.queries import Late


def _there(event: Any) -> Iterable[Subject]:
    places = event.communities if isinstance(event, engagement.LastingMoved) else [event.community]
    return [Subject(place, About.COMMUNITY, place) for place in places]


class ToCheck(Rule):
    """From the Monday on which the first of them is late, as long as one is. Late does not mean wrong.

    One line, not one for each: an archive that comes with an import would fill the desk.
    """

    name = "to-check"
    label = gettext_lazy("À relire")
    icon = Icon("file-clock")
    rest = dt.timedelta(days=30)
    about = About.COMMUNITY
    touched_by = {engagement.LastingMoved: _there, communities.IntervalChanged: _there}

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return [community.pk]

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for place, week in measures.oldest(subject.community for subject in subjects).items():
            community = ground.by_pk.get(place)
            if community is not None:
                since = _midnight(measures.due_on(week, community.verified_for))
                yield Cue(
                    rule=self,
                    community=community,
                    key=f"{self.name}:{place}",
                    subject=f"community:{place}",
                    since=since,
                    begins=since,
                    reasons=[
                        Reason(gettext_lazy("Personne n’a dit depuis longtemps que c’est encore vrai"), 2)
                    ],
                    horizon=Horizon.WEEK,
                )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        today = timezone.localdate(scope.now, timezone.get_default_timezone())
        late = measures.late({cue.community.pk: cue.community.verified_for for cue in cues}, today)
        lasting = needs.lasting(one.number for one in late.values())
        sight = measures.slice_of(
            scope.manager, first=today, last=today, among=[cue.community for cue in cues]
        )
        listed = measures.are_told(sight)
        told = []
        for cue in cues:
            one = late.get(cue.community.pk)
            text = lasting.get(one.number) if one else None
            if one is None or text is None:  # taken out a moment ago
                told.append(replace(cue, title=_("Des textes sont à relire"), url=_all_of(cue.community)))
                continue
            shown = _told(scope, cue, one, text)
            if one.texts > 1 and cue.community.pk in listed:
                whole = moves.leads_to("whole_list", gettext_lazy("Toute la liste"), _list_of(cue.community))
                shown = replace(shown, moves=[*shown.moves, whole])
            told.append(shown)
        return told


def _told(scope: Scope, cue: Cue, one: Late, text: Contribution) -> Cue:
    title = text.conversation.title
    text.conversation.community = cue.community
    others = ngettext(
        "« %(title)s » et %(n)s autre texte sont à relire",
        "« %(title)s » et %(n)s autres textes sont à relire",
        one.texts - 1,
    )
    words = others if one.texts > 1 else _("« %(title)s » est à relire")
    draft = _(
        "Personne n’a dit depuis longtemps si « %(title)s » est encore vrai. Pourriez-vous le relire, et "
        "dire s’il tient toujours ou ce qui a changé ?"
    ) % {"title": title}
    return replace(
        cue,
        title=words % {"title": title, "n": one.texts - 1},
        url=texts.address(text),
        why=questions.told(_why(scope, one), _use(one)),
        moves=texts.ways_to_check(scope, text, draft),
        conversation=text.conversation,
    )


def _why(scope: Scope, one: Late) -> SafeString:
    words = _("Le plus utile d’abord : personne n’a dit depuis <b>{age}</b> que c’est encore vrai.")
    alone = _("Personne n’a dit depuis <b>{age}</b> que c’est encore vrai.")
    return format_html(words if one.texts > 1 else alone, age=scope.age(_midnight(one.verified)))


def _use(one: Late) -> SafeString | str:
    if one.judged < SMALLEST:
        return ""
    return format_html(_("Utile selon <b>{n} avis</b> sur {of}."), n=one.useful, of=one.judged)


def _list_of(community: Community) -> str:
    """What the page of figures counts as to be read again."""
    return f"{reverse('dashboards:list', args=['content', 'due'])}?{urlencode({'community': community.slug})}"


def _all_of(community: Community) -> str:
    return reverse("conversations:list", args=[community.slug])


def _midnight(day: dt.date) -> dt.datetime:
    """When the day begins on the clock by which weeks of texts are counted."""
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())


RULE = ToCheck()
