"""Channels: by what they are, and what came through them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from .models import Channel, Identity, ImportRun


def first_of_kind(kind: str) -> Channel | None:
    """The oldest channel of that kind, if there is one."""
    return Channel.objects.filter(kind=kind).order_by("created_at", "pk").first()


def runs(channel: int) -> QuerySet[ImportRun]:
    """The imports of a channel, the last one first."""
    return ImportRun.objects.filter(channel_id=channel)


def identities(member: int) -> QuerySet[Identity]:
    """The accounts elsewhere that are this member."""
    return Identity.objects.filter(member_id=member).select_related("channel")


def addresses(channels: Collection[int]) -> dict[int, str]:
    """What names the place of each of these channels (keys)."""
    return dict(Channel.objects.filter(pk__in=channels).values_list("pk", "address"))


def at(kind: str, address: str) -> Channel | None:
    """The channel of that kind at that address, if there is one."""
    return Channel.objects.filter(kind=kind, address=address).first()


def was_read_whole(channel: int) -> bool:
    """Whether an import of it came to its end."""
    return ImportRun.objects.filter(channel_id=channel, state=ImportRun.State.FINISHED).exists()
