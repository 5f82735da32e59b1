"""Do plans for any values touch as little as plans for these? Every statement that pages prepare, as JSON.

    python benchmarks/plans.py DATA_DIR

PostgreSQL decides after five times whether a connection keeps a plan that knows no values. Its estimates of
such a plan can be wrong by a factor of a hundred where values are uneven. Here the pages are asked for as six
kinds of reader, in the largest and the smallest community, and each statement is run both ways with the
values of each: `values` and `any` are the blocks that it touched in all, `worst` the largest ratio of one.
Blocks do not depend on how busy the machine is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import django

Values = Sequence[Any] | dict[str, Any]
Asked = dict[str, list[Values]]


def main(folder: Path) -> None:
    """Measure the statements of one folder."""
    os.environ |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "pages_settings",
        "PASSEUR_LOG_LEVEL": "ERROR",
        "PASSEUR_PREPARE": "no",  # each statement is seen with its values; here we prepare them
    }
    from passeur.foundation.postgres import server

    with server.running(folder) as private:
        os.environ["DATABASE_URL"] = private.url
        django.setup()
        print(json.dumps(measured(), indent=2))


def measured() -> list[dict[str, Any]]:
    """Each statement that was asked with several values, the worst first."""
    found = [compared(text, values) for text, values in asked().items() if len(values) > 1]
    return sorted(found, key=lambda one: -float(one["worst"]))


def asked() -> Asked:
    """What the pages of these readers ask by the cursor of lasting statements: text and values."""
    from pages_cpu import asking
    from pages_of import session

    from passeur.foundation import lasting

    heard: Asked = {}
    execute = lasting.Cursor.execute

    def listening(cursor: Any, text: Any, values: Any = None, **more: Any) -> Any:
        if not cursor._is_lasting:
            return execute(cursor, text, values, **more)
        given = dict(values) if isinstance(values, dict) else tuple(values or ())
        kept = heard.setdefault(str(text), [])
        if given not in kept:
            kept.append(given)
        return execute(cursor, text, values, **more)

    lasting.Cursor.execute = listening  # type: ignore[method-assign, assignment]
    try:
        for member, paths in readings():
            ask = asking(session(member))
            for path in paths:
                ask(path)
    finally:
        lasting.Cursor.execute = execute  # type: ignore[method-assign]
    return heard


def readings() -> Iterator[tuple[Any, list[str]]]:
    """Readers of every kind, and what each of them opens."""
    from django.db.models import Count

    from passeur.accounts.models import Member
    from passeur.communities.models import Community, Membership
    from passeur.conversations.models import Conversation

    sized = Conversation.objects.values_list("community").annotate(n=Count("pk")).order_by("-n", "community")
    large, small = (Community.objects.get(pk=key) for key, _ in (sized[0], sized[len(sized) - 1]))
    places = ["/me/profile/", "/conversations/", "/conversations/?state=resolved", "/feed/"]
    for place in (large, small):
        of_it = Conversation.objects.filter(community=place)
        long, short = of_it.order_by("-reply_count", "pk"), of_it.order_by("reply_count", "pk")
        places += [f"/conversations/{one.pk}/" for one in (*long[:2], *short[:2])]
        here = f"/communities/{place.slug}"
        places += [f"{here}/", f"{here}/conversations/", f"{here}/conversations/?state=waiting"]
    current = Membership.objects.filter(left_at=None)
    counted = current.values_list("member").annotate(n=Count("pk")).order_by("-n", "member")
    busiest, idlest = (Member.objects.get(pk=key) for key, _ in (counted[0], counted[len(counted) - 1]))
    members = [current.filter(community=one).order_by("-pk")[0].member for one in (large, small)]
    for member in (*members, busiest, idlest):
        yield member, places
    for one in (large, small):
        for managing in current.filter(community=one, role="lcm").order_by("pk")[:1]:
            yield managing.member, [*places, "/desk/"]


def compared(text: str, values: list[Values]) -> dict[str, Any]:
    """One statement, with a plan for its values and with one for any."""
    pairs = [
        (touched(text, one, "force_custom_plan"), touched(text, one, "force_generic_plan")) for one in values
    ]
    return {
        "statement": text[:80],
        "length": len(text),
        "times": len(values),
        "values": sum(with_values for with_values, _ in pairs),
        "any": sum(with_any for _, with_any in pairs),
        "worst": round(max((with_any + 10) / (with_values + 10) for with_values, with_any in pairs), 2),
    }


def touched(text: str, values: Values, mode: str) -> int:
    """How many blocks the statement touches, planned that way."""
    import psycopg
    from django.db import connection
    from psycopg._queries import PostgresQuery

    from passeur.foundation import lasting

    connection.ensure_connection()
    line: Any = connection.connection
    query = PostgresQuery(psycopg.adapt.Transformer(lasting.Cursor(line)))
    query.convert(text, values)
    placed = [values[name] for name in query._order or ()] if isinstance(values, dict) else values
    with psycopg.ClientCursor(line) as cursor:
        cursor.execute("deallocate all")
        line.pgconn.prepare(b"compared", query.query, query.types)
        cursor.execute(f"set plan_cache_mode = {mode}")
        cursor.execute("select parameter_types::text[] from pg_prepared_statements where name = 'compared'")
        places = ", ".join(f"%s::{kind}" for kind in next(cursor)[0])
        run = f"execute compared({places})" if places else "execute compared"
        cursor.execute(f"explain (analyze, buffers, timing off, format json) {run}", placed)
        plan = next(cursor)[0][0]["Plan"]
        cursor.execute("reset plan_cache_mode")
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
