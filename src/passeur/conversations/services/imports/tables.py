"""The tables of keys that an import works with."""

TABLES = """
create temporary table thread_now (
    external_id text collate "C", id bigint, is_new boolean, has_changed boolean, digest bigint, kind text,
    title text, author_id bigint, created_at timestamptz, themes text[], closed_at timestamptz,
    closed_reason text, accepted text collate "C", accepted_at timestamptz
);
create temporary table known_thread (external_id text collate "C", id bigint, digest bigint);
create temporary table message_now (
    step integer, place tid, external_id text collate "C", id bigint, is_new boolean, has_changed boolean,
    digest bigint, conversation_id bigint, parent_id bigint, author_id bigint, part text,
    created_at timestamptz
);
create temporary table known_message (
    external_id text collate "C", id bigint, digest bigint, votes integer, is_gone boolean
);
create temporary table touched (id bigint)
"""
"""`thread_now` and `message_now` hold what this import brings, with our keys; `known_…` what came before;
`touched` the conversations whose state must be worked out again.

Every join is between these tables: their true sizes are known, while the statistics of the big ones say
nothing of rows that are being written.
"""

KNOWN = """
insert into known_thread select external_id, id, external_digest
from conversations_conversation where channel_id = %(channel)s;
insert into known_message
select external_id, id, external_digest, votes, deleted_at is not null and deleted_by_id is null
from conversations_contribution where channel_id = %(channel)s;
analyze known_thread;
analyze known_message
"""
