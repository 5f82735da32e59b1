"""What was started on a theme, and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from passeur.communities.choices import Role

from ...choices import Kind
from ...models import ConversationTheme


@dataclass(frozen=True, slots=True)
class Moment:
    """Somebody started a conversation on a theme; `gathers`: it is a discussion that an LCM opened."""

    at: dt.datetime
    author: int
    gathers: bool


_MOMENTS = """
select one.community, one.theme, c.created_at, c.author_id,
    c.kind = %s and exists (
        select from communities_membership m
        where m.community_id = one.community and m.member_id = c.author_id
        and m.role = %s and m.left_at is null
    )
from unnest(%s::bigint[], %s::bigint[]) as one(community, theme)
join conversations_conversationtheme link on link.theme_id = one.theme
join conversations_conversation c
    on c.id = link.conversation_id and c.community_id = one.community and c.created_at >= %s
join accounts_member a on a.id = c.author_id and not a.is_machine
join skills_theme t on t.id = one.theme and t.merged_into_id is null
order by c.created_at
"""


def moments(pairs: Iterable[tuple[int, int]], since: dt.datetime) -> dict[tuple[int, int], list[Moment]]:
    """By (community, theme), what people started on it since then, oldest first. One query."""
    some = list(pairs)
    found: dict[tuple[int, int], list[Moment]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _MOMENTS,
            [Kind.DISCUSSION, Role.LCM, [place[0] for place in some], [place[1] for place in some], since],
        )
        for community, theme, at, author, gathers in cursor.fetchall():
            found[community, theme].append(Moment(at, author, gathers))
    return found


def theme_names(themes: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By theme on which something was written, its name and its slug. One query."""
    rows = ConversationTheme.objects.filter(theme__in=list(themes)).order_by("theme").distinct("theme")
    return {
        theme: (name, slug) for theme, name, slug in rows.values_list("theme", "theme__name", "theme__slug")
    }
