"""Importing a small dump, and the state of all rows that an import may write."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from passeur.conversations.services import imports
from passeur.conversations.services.imports import Summary
from passeur.integrations.stackexchange import StackExchangeDump

SITE = "bread.example.com"
TABLES = (
    "accounts_member", "communities_membership", "skills_theme", "skills_synonym", "channels_identity",
    "conversations_conversation", "conversations_contribution", "conversations_conversationtheme",
    "conversations_conversationlink", "conversations_outsidevote", "conversations_mention",
    "conversations_revision",
)  # fmt: skip

ROWS = "select count(*), md5(string_agg(t::text || ctid, '' order by t::text)) from {table} t"


def bring_in(path: Path) -> Summary:
    archive = StackExchangeDump(path, site=SITE)
    return imports.load(archive, community=imports.community_for(archive))


def fingerprint() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a hash of all of them, where they lie included."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(ROWS.format(table=table))
            found[table] = cursor.fetchone()
    return found


def story() -> list[tuple[object, ...]]:
    """What was imported, without our keys: the same whichever way it came."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select v.external_id, v.title, v.state, v.turn, v.closed_reason, v.accepted_at, v.reply_count,
                k.external_id, k.part, p.external_id, a.name, k.html, k.votes, k.created_at, k.version,
                (select string_agg(day::text || up || down, ',' order by day)
                    from conversations_outsidevote o where o.contribution_id = k.id),
                (select string_agg(m.name, ',' order by m.name) from conversations_mention n
                    join accounts_member m on m.id = n.member_id where n.contribution_id = k.id),
                (select string_agg(t.name, ',' order by l.position) from conversations_conversationtheme l
                    join skills_theme t on t.id = l.theme_id where l.conversation_id = v.id),
                (select string_agg(l.kind || t.external_id, ',' order by t.external_id)
                    from conversations_conversationlink l
                    join conversations_conversation t on t.id = l.target_id where l.source_id = v.id)
            from conversations_contribution k
            join conversations_conversation v on v.id = k.conversation_id
            join accounts_member a on a.id = k.author_id
            left join conversations_contribution p on p.id = k.parent_id
            order by k.external_id collate "C"
            """
        )
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows
