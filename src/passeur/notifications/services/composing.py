"""What a letter says, found when it leaves: in the person's language, with their rights and wishes of now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from passeur.foundation import dates, mail

from ..choices import Rhythm, Sort, Way
from ..models import Letter, Notice
from ..protocols import DigestEntry, digest_sections
from ..queries.shown import Group, Shown, grouped, in_words
from ..queries.wishes import ways, wishes_of, zone_of
from .tokens import DIGEST, token_for

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a digest that a room gave."""

    title: str
    entries: list[DigestEntry]


@dataclass(slots=True)
class Composed:
    """A message, and what it tells: `told` holds what happened, by notice."""

    message: EmailMultiAlternatives
    told: dict[Notice, list[int]] = field(default_factory=dict)


def compose(letter: Letter, member: Member) -> Composed | None:
    """The message of a letter; None when there is nothing to say by now. Holds the notices it tells.

    Raises nothing of its own; call it inside the transaction in which the letter is sent.
    """
    with translation.override(member.language), timezone.override(zone_of(member)):
        if letter.sort == Sort.DIGEST:
            return _digest(letter, member)
        return _notices(letter, member)


def _notices(letter: Letter, member: Member) -> Composed | None:
    taken = {pk: set(happened) for pk, happened in letter.parts}
    notices = _held(Notice.objects.filter(pk__in=taken, member=member), member, Way.MAIL)
    # What was opened in the page meanwhile needs no mail.
    fresh = {notice: [pk for pk in notice.unread if pk in taken[notice.pk]] for notice in notices}
    shown = in_words(member, {notice: happened for notice, happened in fresh.items() if happened})
    if not shown:
        return None
    groups = grouped(shown)
    context = {
        "member": member,
        "groups": groups,
        "heading": _heading(groups),
        "leaving": _leaving(member, shown),
    }
    message = mail.compose(
        member.email or "",
        "notifications/mail/notices",
        language=member.language,
        context=context,
        headers=_headers(letter, member, sorted({one.kind.slug for one in shown}), groups),
        envelope=envelope(letter),
    )
    return Composed(message, {one.notice: fresh[one.notice] for one in shown})


def _digest(letter: Letter, member: Member) -> Composed | None:
    wishes = wishes_of(member)
    since, until = letter.since, letter.until
    if wishes.rhythm == Rhythm.NEVER or since is None or until is None:
        return None
    waiting = Notice.objects.filter(member=member, last_at__lt=until).exclude(unmailed=[])
    notices = _held(waiting, member, Way.DIGEST)
    shown = in_words(member, {notice: list(notice.unmailed) for notice in notices})
    told = {one.notice.subject for one in shown}
    offered = [
        Section(
            str(section.title),
            [entry for entry in section.entries(member, since, until) if entry.subject not in told],
        )
        for section in digest_sections()
    ]
    sections = [section for section in offered if section.entries]
    if not shown and not sections:
        return None
    day = timezone.localtime(since)
    words = dates.on_day(day, with_year=day.year != timezone.localtime(until).year)
    context = {"member": member, "groups": grouped(shown), "sections": sections, "since": words}
    message = mail.compose(
        member.email or "",
        "notifications/mail/digest",
        language=member.language,
        context={**context, "unsubscribe": address(token_for(member, [DIGEST]))},
        headers=_headers(letter, member, [DIGEST], []),
        envelope=envelope(letter),
    )
    return Composed(message, {one.notice: list(one.notice.unmailed) for one in shown})


def _held(notices: QuerySet[Notice], member: Member, way: Way) -> list[Notice]:
    """Those of the kinds that the person wants told this way, held until the letter has left."""
    wanted = [kind for kind, chosen in ways(member).items() if chosen == way]
    held = notices.filter(kind__in=wanted).select_for_update().order_by("pk")
    return sorted(held, key=lambda notice: notice.last_at, reverse=True)


def _heading(groups: list[Group]) -> str:
    """What the mail is about, for its subject."""
    first = groups[0]
    if len(groups) > 1:
        others = gettext("%(title)s, et d’autres nouvelles")
        return others % {"title": first.title}
    (line, *more) = [one.line for one in first.shown]
    if more:
        return gettext("Du nouveau : %(title)s") % {"title": first.title}
    return line.heading or gettext("%(words)s : %(title)s") % {"words": line.words, "title": line.title}


def _leaving(member: Member, shown: list[Shown]) -> list[dict[str, Any]]:
    """For each kind in the mail, its name and the address that stops it."""
    kinds = {one.kind.slug: one.kind for one in shown}
    return [
        {"label": str(kind.label), "url": address(token_for(member, [slug]))} for slug, kind in kinds.items()
    ]


def address(token: str) -> str:
    """Where a token leads, from outside."""
    return settings.ORIGIN + reverse("notifications:unsubscribe", args=[token])


def envelope(letter: Letter) -> str:
    """Where the mail server sends it back to: an address of its own where one is set up for returns."""
    box = settings.MAIL_RETURNS
    if not box:
        return ""
    name, _, host = box.rpartition("@")
    return f"{name}+{letter.serial}@{host}"


def message_id(serial: str) -> str:
    """The Message-ID of a letter: the same in all tries, and in what comes back."""
    return f"<{serial}@{mail.domain()}>"


def _headers(letter: Letter, member: Member, kinds: list[str], groups: list[Group]) -> dict[str, str]:
    """What mail programs read: how to leave (RFC 2369, 8058), which list (2919), which thread (5322)."""
    name = f"{kinds[0]}." if len(kinds) == 1 else ""
    headers = {
        "Message-ID": message_id(letter.serial),
        "List-Id": f"<{name}notifications.{mail.domain()}>",
        "List-Unsubscribe": f"<{address(token_for(member, kinds))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if len(groups) == 1:
        thread = mail.message_id(f"thread {groups[0].subject}")
        headers |= {"References": thread, "In-Reply-To": thread}
    return headers
