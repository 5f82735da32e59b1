"""Members that come with an import: people without an account, whose evidence counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from ..models import Member


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """What an outside place tells about an author."""

    name: str
    bio: str = ""
    joined_at: dt.datetime | None = None
    is_machine: bool = False


def provide_imported(people: Sequence[ImportedPerson]) -> list[Member]:
    """A member without an address or a usable password for each, in the same order.

    Called by imports, which keep the identities (channels) that say who was brought in before.
    """
    longest_name = Member._meta.get_field("name").max_length or 150
    longest_bio = Member._meta.get_field("bio").max_length or 600
    return Member.objects.bulk_create(
        [
            Member(
                name=person.name[:longest_name],
                bio=person.bio[:longest_bio],
                joined_at=person.joined_at or timezone.now(),
                is_machine=person.is_machine,
                password=make_password(None),
                receives_questions=False,
            )
            for person in people
        ],
        batch_size=1000,
    )
