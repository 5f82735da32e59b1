"""Every way in at once: sessions, passkeys, codes. What ends them when somebody leaves or asks."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from ..models import Member, OpenSession

SESSION = "open_session"
"""Where a session keeps which `OpenSession` it is: its own key changes with the password."""


HELD = "second_factor"
"""Where a session keeps that its member has a second factor, so that only the first request asks."""

_BROWSERS = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
]  # fmt: skip
_SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
]  # fmt: skip


def device_of(user_agent: str) -> str:
    """« Firefox, Windows »: enough to know one's own, no more; empty where the browser does not say."""
    said = [next((name for mark, name in marks if mark in user_agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in said if name)


def remember_session(*, member: Member, session: SessionBase, user_agent: str) -> None:
    """Somebody signed in: they will see this browser among their own, once, also who signs in twice in it."""
    if not session.session_key:
        session.save()
    opened, _made = OpenSession.objects.update_or_create(
        session_key=session.session_key or "",
        defaults={"member": member, "device": device_of(user_agent)},
    )
    session[SESSION] = opened.pk


def follow_session(session: SessionBase) -> None:
    """The key of a session changed, as it does with the password: its line follows it."""
    if (pk := session.get(SESSION)) is not None:
        if not session.session_key:
            session.save()
        OpenSession.objects.filter(pk=pk).update(session_key=session.session_key)


def end_session(*, member: Member, pk: int) -> bool:
    """Sign one browser out; False where it is not the member's, or was gone."""
    with transaction.atomic():
        opened = OpenSession.objects.select_for_update().filter(pk=pk, member=member).first()
        if opened is None:
            return False
        Session.objects.filter(session_key=opened.session_key).delete()
        opened.delete()
    return True


def end_sessions(member: Member, *, but: int | None = None) -> int:
    """Sign all browsers of a member out, or all others; how many."""
    with transaction.atomic():
        rows = OpenSession.objects.filter(member=member)
        if but is not None:
            rows = rows.exclude(pk=but)
        keys = list(rows.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
    return len(keys)


def forget_ended_sessions() -> int:
    """Drop sessions that have expired, and the lines of those that are gone; how many lines."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    gone = OpenSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return gone.delete()[0]


def end_factors(member: Member) -> None:
    """Take passkeys, the code generator and recovery codes away."""
    Authenticator.objects.filter(user=member).delete()
