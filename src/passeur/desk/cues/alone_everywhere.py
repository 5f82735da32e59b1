"""A member who takes part, here or elsewhere, and with whom nobody exchanges, in any channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities.queries import scopes
from passeur.conversations import events as conversations
from passeur.conversations.queries import needs
from passeur.engagement import events as engagement
from passeur.engagement.queries.company import Company, active_in, company
from passeur.foundation.icons import Icon
from passeur.introductions import events as introductions
from passeur.introductions import queries as meetings
from passeur.records import events as records

from ..choices import About, Horizon
from ..models import Entry
from . import moves, questions
from .cue import Cue, Ground, Reason, Rule, Scope
from .people import Belonging, Neighbour, ask_to_reach, belongings, near_by, who_is_around
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

WINDOW, LATELY, TOOK_PART, PATIENCE = 90, 30, 3, 14
"""Days without anybody; days since one did something; days on which one did; days for others to notice."""
DAY = dt.timedelta(days=1)


class AloneEverywhere(Rule):
    """No tie in ninety days, or none towards them (MEASURES, Isolated and Unheard), over all that is known.

    What somebody wrote, learnt or did on another platform says that they are there; how much, and where, is
    said to nobody. Somebody who wrote after them in an exchange, replied or reacted, anywhere, or wrote to
    them after an introduction, is company.
    """

    name = "alone-everywhere"
    label = gettext_lazy("À mettre en lien")
    icon = Icon("heart-handshake")
    rest = dt.timedelta(days=45)
    about = About.MEMBER
    reaches_out = True
    most = 3

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return active_in(community.pk, now.date() - dt.timedelta(days=LATELY + 2))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        known = company((int(subject.ident) for subject in subjects), ground.now.date())
        active = [one for one in subjects if len(_of(known, one).active) >= TOOK_PART]
        heard = needs.heard_at(int(one.ident) for one in active)
        written_to = meetings.written_to_at(int(one.ident) for one in active)
        for one in belongings(ground, active):
            if not one.leads:
                member = one.member.pk
                yield from self._cues(ground, one, known[member], heard.get(member), written_to.get(member))

    def _cues(
        self, ground: Ground, one: Belonging, known: Company, *exchanged_at: dt.datetime | None
    ) -> Iterable[Cue]:
        last = known.active[-1]
        there = [day for day in known.active if day > last - DAY * WINDOW]
        if len(there) < TOOK_PART:
            return
        replied_at = None if known.replied_on is None else _end_of(known.replied_on)
        company_at = max((at for at in (*exchanged_at, replied_at) if at is not None), default=None)
        begins = max(one.joined_at, _end_of(there[TOOK_PART - 1])) + DAY * PATIENCE
        if company_at is not None:
            begins = max(begins, company_at + DAY * WINDOW)
        yield Cue(
            rule=self,
            community=ground.by_pk[one.community],
            key=f"{self.name}:{one.member.pk}",
            subject=f"member:{one.member.pk}",
            since=company_at or one.joined_at,
            begins=begins,
            ends=_end_of(last) + DAY * LATELY,
            url=reverse("accounts:profile", args=[one.member.pk]),
            reasons=[Reason(gettext_lazy("Prend part, et personne n’a échangé avec cette personne"), 2)],
            horizon=Horizon.WEEK,
            people=[one.member.pk],
            strength=1,  # a few at once, and none before another
            found=one.member,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        around = who_is_around(scope, {(cue.community.pk, cue.found.pk): cue.found for cue in cues})
        free = meetings.could_be_proposed(
            (place[1], near.member.pk) for place, (_m, near) in around.items() if near
        )
        return [self._told(scope, cue, *around[cue.community.pk, cue.found.pk], free) for cue in cues]

    def _told(
        self,
        scope: Scope,
        cue: Cue,
        meeting: meetings.Meeting | None,
        near: Neighbour | None,
        free: set[frozenset[int]],
    ) -> Cue:
        member: Member = cue.found
        made, words = [], near_by(near, _("<b>{name}</b>, {why}, pourrait l’accueillir."))
        if meeting is not None:
            words = format_html(
                _("Les réponses de <b>{name}</b> ont aidé sur <b>{theme}</b>, que cette personne suit."),
                name=meeting.other.name,
                theme=meeting.theme,
            )
            draft = _(
                "Le thème « %(theme)s » vous intéresse l’un comme l’autre. Un quart d’heure à deux est "
                "souvent un bon début."
            ) % {"theme": meeting.theme}
            made.append(moves.introduce(member, meeting.other, draft))
        elif near is not None and frozenset((member.pk, near.member.pk)) in free:
            draft = _("Vous avez en commun : %(why)s. Un quart d’heure à deux est souvent un bon début.") % {
                "why": near.why
            }
            made.append(moves.introduce(member, near.member, draft))
        asking = _(
            "%(name)s fait partie de la communauté et y connaît encore peu de monde. Vous qui êtes proche de "
            "son travail (%(why)s), pourriez-vous lui dire un mot ?"
        )
        welcome = gettext_lazy(
            "C’est un plaisir de vous compter parmi nous. Sur quoi travaillez-vous en ce moment ? Il y a "
            "sans doute ici quelqu’un avec qui en parler, et je peux vous mettre en relation."
        )
        return replace(
            cue,
            title=_("%(name)s prend part, sans échange avec quelqu’un depuis %(age)s")
            % {"name": member.name, "age": scope.age(cue.since)},
            why=questions.told(_seen(), words),
            moves=[
                *made,
                *ask_to_reach(near, member, asking),
                moves.note("write_to", gettext_lazy("Lui écrire"), to=member, draft=welcome),
                moves.leads_to(
                    "choose",
                    gettext_lazy("Choisir quelqu’un à lui présenter"),
                    f"{reverse('introductions:propose', args=[member.pk])}?community={cue.community.slug}",
                ),
            ],
        )


def _seen() -> SafeString:
    return SafeString(_("Ni réponse ni réaction, dans aucun canal."))


def _of(known: dict[int, Company], subject: Subject) -> Company:
    return known.get(int(subject.ident), Company())


def _end_of(day: dt.date) -> dt.datetime:
    """The midnight that ends a day, as days of activity are counted."""
    return dt.datetime.combine(day + DAY, dt.time(), ZoneInfo(settings.TIME_ZONE))


def _everywhere(members: Iterable[int]) -> Iterable[Subject]:
    for community, member in scopes.places_of(members):
        yield Subject(community, About.MEMBER, member)


def _counted(event: engagement.ActivityCounted) -> Iterable[Subject]:
    return _everywhere(event.members)


def _said(event: Any) -> Iterable[Subject]:
    return _everywhere([event.member])


def _joined_in(event: Any) -> Iterable[Subject]:
    """Of all who wrote there before, those in whose line this may change something: they have company now."""
    return _everywhere(_with_a_line(needs.writers_in([event.conversation])))


def _taken_out(event: Any) -> Iterable[Subject]:
    """Who had that company may have none any more."""
    return _everywhere(needs.writers_in([event.conversation]))


def _brought(event: Any) -> Iterable[Subject]:
    return _everywhere(needs.writers_in(event.conversations))


def _written_to(event: introductions.MessageWritten) -> Iterable[Subject]:
    return _everywhere(_with_a_line(member for _, member in meetings.members_of(event.introduction)))


def _reacted(event: Any) -> Iterable[Subject]:
    return _everywhere({member for _, member in needs.people_of_contributions([event.contribution])})


def _with_a_line(members: Iterable[int]) -> set[int]:
    subjects = [f"{About.MEMBER}:{member}" for member in members]
    rows = Entry.objects.filter(rule=AloneEverywhere.name, subject__in=subjects)
    return {int(name.partition(":")[2]) for name in rows.values_list("subject", flat=True)}


AloneEverywhere.touched_by = {
    engagement.ActivityCounted: _counted,
    engagement.CompanySwitched: _said,
    records.CourseHelpSwitched: _said,
    conversations.ContributionAdded: _joined_in,
    conversations.ContributionDeleted: _taken_out,
    conversations.ContributionRestored: _taken_out,
    conversations.ConversationsImported: _brought,
    conversations.ConversationsCarried: _brought,
    introductions.MessageWritten: _written_to,
    conversations.Reacted: _reacted,
    conversations.ReactionWithdrawn: _reacted,
}

RULE = AloneEverywhere()
