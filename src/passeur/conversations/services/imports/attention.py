"""What goes with texts that came in bulk: authors follow what they wrote in, searches found nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection

from ...models import SearchMiss
from ...queries.search import parsing

_FOLLOWED = """
insert into conversations_follow (conversation_id, member_id, created_at)
select k.conversation_id, k.author_id, min(k.created_at)
from conversations_contribution k where k.channel_id = %s and k.deleted_at is null
group by 1, 2
on conflict do nothing
"""

# Whoever wrote in a conversation read it until then; three in four came back since.
_READ = """
insert into conversations_readmark (conversation_id, member_id, read_until)
select k.conversation_id, k.author_id,
    case when (k.conversation_id * 31 + k.author_id * 17) %% 4 = 0 then max(k.created_at)
        else v.last_activity_at end
from conversations_contribution k
join conversations_conversation v on v.id = k.conversation_id
where k.channel_id = %s and k.deleted_at is null
group by k.conversation_id, k.author_id, v.last_activity_at
on conflict do nothing
"""


def follow_what_one_wrote_in(channel: int) -> None:
    """As when members write here: they follow the conversation, and have read it."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED, [channel])
        cursor.execute(_READ, [channel])


def provide_misses(community: int, misses: Sequence[tuple[str, dt.date, int]]) -> None:
    """Searches without result: words, day, how many times."""
    SearchMiss.objects.bulk_create(
        [
            SearchMiss(
                community_id=community,
                folded=" ".join(parsing.parse(words).folded_words)[:120],
                words=words[:120],
                day=day,
                times=times,
            )
            for words, day, times in misses
        ],
        ignore_conflicts=True,
    )
