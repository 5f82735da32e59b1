"""The one place where a conversation's state, turn and figures are worked out, for one or for millions.

Its title too: it goes aside with an opening that is taken out, and comes back with it (decision 24).

Definitions: `choices.State` and MEASURES. Only people count: machines, deleted contributions and
replies to oneself do not.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ..choices import ASKING, RESOLVING, Part, State, Turn

_JUDGED = """
with chosen as (
    {chosen}
), told as (
    select k.conversation_id, k.id, k.part, k.created_at, k.author_id = c.author_id as own
    from {texts} k
    join chosen c on c.id = k.conversation_id
    join accounts_member m on m.id = k.author_id
    where k.deleted_at is null and (not m.is_machine or k.part = %(opening)s)
), figures as (
    select conversation_id,
        bool_or(part = %(opening)s) as stands,
        count(*) filter (where part <> %(opening)s) as replies,
        count(*) filter (where part = %(answer)s and not own) as answers,
        min(created_at) filter (where not own) as first_reply,
        max(created_at) as last_activity,
        max(created_at) filter (where own) as last_own,
        max(created_at) filter (where not own) as last_other,
        max(created_at) filter (where part = %(answer)s and not own) as last_answer
    from told group by conversation_id
), turns as (
    select t.conversation_id,
        min(t.created_at) filter (where t.own and t.created_at > f.last_other) as own_since,
        min(t.created_at) filter (where not t.own and t.created_at >= f.last_own) as other_since
    from told t join figures f using (conversation_id) group by t.conversation_id
), judged as (
    select c.id, c.created_at, f.*, t.own_since, t.other_since,
        case
            when not coalesce(f.stands, false) then %(closed)s
            when c.kind <> all(%(asking)s) then
                case when c.closed_at is null then %(open)s else %(closed)s end
            when exists (
                select 1 from {texts} a where a.id = c.accepted_answer_id and a.deleted_at is null
            ) or (c.closed_at is not null and c.closed_reason = any(%(resolving)s)) then %(resolved)s
            when c.closed_at is not null then %(closed)s
            when f.first_reply is null then %(waiting)s
            when coalesce(f.answers, 0) = 0 then %(replied)s
            when f.last_own > f.last_answer then %(not_helped)s
            else %(answered)s
        end as state
    from chosen c
    left join figures f on f.conversation_id = c.id
    left join turns t on t.conversation_id = c.id
), final as (
    select j.*,
        case
            when j.state in (%(open)s, %(closed)s, %(resolved)s) then %(turn_nobody)s
            when j.last_other is null or j.last_own > j.last_other then %(turn_community)s
            else %(turn_asker)s
        end as turn
    from judged j
)
select id, state, turn,
    case turn
        when %(turn_community)s then coalesce(own_since, created_at)
        when %(turn_asker)s then coalesce(other_since, created_at)
        else coalesce(last_activity, created_at)
    end as turn_since,
    coalesce(replies, 0) as reply_count,
    coalesce(answers, 0) as answer_count,
    first_reply as first_reply_at,
    coalesce(last_activity, created_at) as last_activity_at
from final
"""

COLUMNS = (
    "state", "turn", "turn_since", "reply_count", "answer_count", "first_reply_at", "last_activity_at"
)  # fmt: skip
"""What is worked out of a conversation, and kept with it."""

_CHOSEN = """
select id, author_id, kind, created_at, closed_at, closed_reason, accepted_answer_id
from conversations_conversation
where {scope}
"""

_RECOMPUTE = """
update conversations_conversation c set {settings},
    title = case when {out} then '' else {words} end,
    title_aside = case when {out} then {words} else '' end
from ({judged}) j where c.id = j.id
"""
_WORDS = "coalesce(nullif(c.title, ''), c.title_aside)"
_OUT = """(
    j.state = %(closed)s and exists (
        select 1 from conversations_contribution o
        where o.conversation_id = c.id and o.part = %(opening)s and o.deleted_at is not null
    )
)"""


def judged(chosen: str, *, texts: str = "conversations_contribution") -> tuple[str, dict[str, Any]]:
    """The SQL that judges conversations, and its values: a row of `id` and `COLUMNS` for each.

    `chosen` selects them, with id, author_id, kind, created_at, closed_at, closed_reason and
    accepted_answer_id; `texts` is where their contributions are.
    """
    return _JUDGED.format(chosen=chosen, texts=texts), {
        "asking": [str(kind) for kind in ASKING],
        "resolving": [str(reason) for reason in RESOLVING],
        "opening": Part.OPENING.value,
        "answer": Part.ANSWER.value,
        "turn_nobody": Turn.NOBODY.value,
        "turn_asker": Turn.ASKER.value,
        "turn_community": Turn.COMMUNITY.value,
        **{state.value: state.value for state in State},
    }


def recompute(ids: Sequence[int] | None = None, *, channel: int | None = None) -> int:
    """Bring the conversations `ids`, all those of a channel, or all, up to date; returns how many."""
    scope = "true"
    if ids is not None:
        scope = "id = any(%(ids)s)"
    elif channel is not None:
        scope = "channel_id = %(channel)s"
    sql, values = judged(_CHOSEN.format(scope=scope))
    settings = ", ".join(f"{column} = j.{column}" for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            _RECOMPUTE.format(settings=settings, judged=sql, out=_OUT, words=_WORDS),
            {**values, "ids": list(ids or ()), "channel": channel},
        )
        return int(cursor.rowcount)
