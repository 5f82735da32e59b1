"""The floors: what each page shows, by one SQL statement written by hand, as JSON.

`floor` is a view of Django's behind the product's sign-in. `Bare` answers the same from a psycopg connection
of its own before anything of the product has seen the request.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse

from passeur.foundation.access import signed_in

_VISIBLE = """
seen as (
    select c.id, c.name, c.slug from communities_community c
    where c.entry = 'open' or exists (
        select 1 from communities_membership m
        where m.community_id = c.id and m.member_id = %(member)s and m.left_at is null
    )
)
"""
_ROW = """
v.id, v.kind, v.title, v.state, v.created_at, v.last_activity_at, v.answer_count, v.reply_count,
a.id as author, a.name, s.name as community,
(select json_agg(t.name order by l.position) from conversations_conversationtheme l
    join skills_theme t on t.id = l.theme_id where l.conversation_id = v.id) as themes,
(select w.name from conversations_contribution k join accounts_member w on w.id = k.author_id
    where k.id = v.accepted_answer_id) as accepted_of,
exists (select 1 from conversations_readmark r where r.conversation_id = v.id and r.member_id = %(member)s
    and r.read_until < v.last_activity_at) as has_news
"""
_LIST = f"""
with {_VISIBLE}, counted as (
    select v.state, count(*) as n from conversations_conversation v
    where v.community_id in (select id from seen) {{where}} group by v.state
), listed as (
    select {_ROW} from conversations_conversation v
    join seen s on s.id = v.community_id join accounts_member a on a.id = v.author_id
    where true {{where}}
    order by v.last_activity_at desc, v.id desc limit 26
)
select json_build_object('tabs', (select json_agg(counted) from counted),
    'rows', (select json_agg(listed) from listed))::text
"""
_QUESTION = f"""
with {_VISIBLE}, asked as (
    select {_ROW} from conversations_conversation v
    join seen s on s.id = v.community_id join accounts_member a on a.id = v.author_id where v.id = %(key)s
), said as (
    select k.id, k.part, k.parent_id, k.html, k.created_at, k.edited_at, k.votes, a.id as author, a.name,
        (select json_object_agg(meaning, n) from (
            select meaning, count(*) as n from conversations_reaction x
            where x.contribution_id = k.id group by meaning) given) as reactions
    from conversations_contribution k join accounts_member a on a.id = k.author_id
    where k.conversation_id = %(key)s order by k.created_at, k.id limit 60
)
select json_build_object('question', (select row_to_json(asked) from asked),
    'contributions', (select json_agg(said) from said),
    'follows', exists (select 1 from conversations_follow f
        where f.conversation_id = %(key)s and f.member_id = %(member)s))::text
"""
_SEARCH = f"""
with {_VISIBLE}, found as (
    select d.conversation_id, d.words from conversations_searchdocument d
    join conversations_conversation v on v.id = d.conversation_id
    where d.words @@ (%(words)s)::tsquery and v.community_id in (select id from seen)
), best as (
    select conversation_id, ts_rank(words, (%(words)s)::tsquery, 1) as score from found
    order by score desc limit 20
)
select json_build_object('total', (select count(*) from found), 'rows', (select json_agg(hit) from (
    select {_ROW}, (select k.html from conversations_contribution k
        where k.conversation_id = v.id and k.part = 'opening') as opening
    from best b join conversations_conversation v on v.id = b.conversation_id
    join seen s on s.id = v.community_id join accounts_member a on a.id = v.author_id
    order by b.score desc) hit))::text
"""
# The nearest by shared words of the title, as the search index has them: what one would write by hand.
_SIMILAR = f"""
with {_VISIBLE}, found as (
    select d.conversation_id, ts_rank(d.words, (%(either)s)::tsquery, 1) as score
    from conversations_searchdocument d join conversations_conversation v on v.id = d.conversation_id
    where d.words @@ (%(words)s)::tsquery and v.community_id = %(community)s and v.kind = 'question'
    order by score desc limit 3
)
select json_agg(hit)::text from (select {_ROW} from found f
    join conversations_conversation v on v.id = f.conversation_id
    join seen s on s.id = v.community_id join accounts_member a on a.id = v.author_id) hit
"""
# The fifteen lines of today and how many there are, each with the conversation it speaks of.
_DESK = f"""
with {_VISIBLE}, led as (
    select community_id from communities_membership
    where member_id = %(member)s and role = 'lcm' and left_at is null
), today as (
    select e.id, e.community_id, e.subject, e.rule, e.key, e.weight, e.moment, e.since, e.waiting, e.people
    from desk_entry e where e.community_id in (select community_id from led)
    and e.horizon = 'today' and e.step_id is null and e.strength = 0 and e.begins <= now() and e.ends > now()
), listed as (
    select * from today order by weight desc, moment, id limit 15
)
select json_build_object(
    'today', (select count(*) from today), 'waiting', (select count(distinct waiting) from today),
    'week', (select count(*) from desk_entry e where e.community_id in (select community_id from led)
        and e.horizon = 'week' and e.step_id is null and e.begins <= now() and e.ends > now()),
    'done', (select count(*) from desk_step t where t.community_id in (select community_id from led)
        and t.at > current_date),
    'lines', (select json_agg(line) from (
        select e.*, about.*,
            (select json_agg(p.name) from accounts_member p where p.id = any(e.people)) as named
        from listed e left join lateral (
            select {_ROW} from conversations_conversation v join seen s on s.id = v.community_id
            join accounts_member a on a.id = v.author_id
            where v.id = case when e.subject ~ '^conversation:' then split_part(e.subject, ':', 2)::bigint end
        ) about on true order by e.weight desc, e.moment, e.id) line))::text
"""
# Fifteen conversations of two weeks: what one follows, what is on one's themes, what waits where one belongs.
_FEED = f"""
with {_VISIBLE}, mine as (
    select community_id from communities_membership where member_id = %(member)s and left_at is null
), themes as (
    select theme_id from skills_declaredskill where member_id = %(member)s
    union select theme_id from skills_interest where member_id = %(member)s
), latest as (
    select max(last_activity_at) - interval '14 days' as since from conversations_conversation
), found as (
    (select v.id, 1 as rank, v.last_activity_at as at from conversations_follow f
    join conversations_conversation v on v.id = f.conversation_id
    where f.member_id = %(member)s and v.last_activity_at > (select since from latest)
    order by v.last_activity_at desc limit 20)
    union all
    (select v.id, 2, v.created_at from themes t join conversations_conversationtheme l using (theme_id)
    join conversations_conversation v on v.id = l.conversation_id
    where v.created_at > (select since from latest) order by l.conversation_id desc limit 20)
    union all
    (select v.id, 3, v.last_activity_at from mine m join conversations_conversation v using (community_id)
    where v.state in ('waiting', 'replied', 'not_helped') order by v.last_activity_at desc limit 20)
), best as (
    select id, min(rank) as rank, max(at) as at from found
    group by id order by min(rank), max(at) desc limit 15
)
select json_agg(entry)::text from (
    select {_ROW}, b.rank, (select k.html from conversations_contribution k
        where k.conversation_id = v.id and k.part = 'opening') as opening,
        (select json_object_agg(meaning, n) from (
            select x.meaning, count(*) as n from conversations_reaction x
            join conversations_contribution k on k.id = x.contribution_id
            where k.conversation_id = v.id and k.part = 'opening' group by x.meaning) given) as reactions
    from best b join conversations_conversation v on v.id = b.id
    join seen s on s.id = v.community_id join accounts_member a on a.id = v.author_id
    order by b.rank, b.at desc) entry
"""
STATEMENTS = {
    "desk": _DESK,
    "feed": _FEED,
    "everywhere": _LIST.format(where=""),
    "list": _LIST.format(where="and v.community_id = %(community)s"),
    "question": _QUESTION,
    "search": _SEARCH,
    "similar": _SIMILAR,
}
WORDS = (
    ("pompe", "joint"), ("moteur", "capteur"), ("remplacer", "vanne"), ("planifier", "palier"),
    ("filtre", "courroie"), ("vérifier", "bride"), ("nettoyer", "compresseur"), ("sonde", "garniture"),
)  # fmt: skip


def values(member: int, community: int, key: int) -> dict[str, Any]:
    """What a statement may ask for; `key` is a conversation, or a place among `WORDS`."""
    words = WORDS[key % len(WORDS)]
    quoted = [f"'{word}'" for word in words]
    return {
        "member": member,
        "community": community,
        "key": key,
        "words": " & ".join(quoted),
        "either": " | ".join(quoted),
    }


@signed_in
def floor(request: HttpRequest, name: str, community: int, key: int) -> HttpResponse:
    """The rows of that page, for who is signed in."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values(request.user.pk or 0, community, key))
        found = cursor.fetchone()[0]
    return HttpResponse(found or "[]", content_type="application/json")


class Bare:
    """Answers `/bare/…` by itself, for the member whose key stands there; hands the rest on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response
        self._kept = threading.local()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/bare/"):
            return self._next(request)
        _empty, _bare, name, community, key, *_rest = request.path_info.split("/")
        if not hasattr(self._kept, "connection"):
            self._kept.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        asked = values(int(request.GET.get("member", 0)), int(community), int(key))
        found = self._kept.connection.execute(STATEMENTS[name], asked).fetchone()[0]
        return HttpResponse(found or "[]", content_type="application/json")
