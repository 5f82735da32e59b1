"""The community that an archive goes into, made the first time."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from passeur.channels.protocols import Archive
from passeur.channels.services.bulk import insert_into


def community_for(archive: Archive, *, slug: str | None = None) -> int:
    """The key of the community with that slug (by default the archive's own), founded if there is none."""
    values: dict[str, Any] = {
        "slug": slug or archive.community_slug,
        "name": archive.community_name[:120],
        "purpose": _("Ce qui a été importé de %(address)s.") % {"address": archive.address},
        "language": archive.language,
    }
    founded = insert_into(
        "communities.Community",
        "on conflict (slug) do nothing",
        {column: f"%({column})s" for column in values},
        values,
        "",
    )
    with connection.cursor() as cursor:
        cursor.execute(founded.sql, dict(founded.values))
        cursor.execute("select id from communities_community where slug = %(slug)s", values)
        return int(cursor.fetchone()[0])
