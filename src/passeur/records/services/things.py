"""What comes with statements: contents of attachments, definitions of activities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from passeur.algorithms.xapi.prepared import Prepared

from .known import Known

_CONTENT = """
INSERT INTO records_attachment (sha2, content) VALUES (%s, %s) ON CONFLICT (sha2) DO NOTHING
"""
# What is said anew replaces what was said; languages that it does not speak of stay.
_MERGED = """
({0}.definition || {1}.definition)
|| CASE WHEN {0}.definition ? 'name' AND {1}.definition ? 'name'
        THEN jsonb_build_object('name', ({0}.definition -> 'name') || ({1}.definition -> 'name'))
        ELSE '{{}}' END
|| CASE WHEN {0}.definition ? 'description' AND {1}.definition ? 'description'
        THEN jsonb_build_object('description',
                                ({0}.definition -> 'description') || ({1}.definition -> 'description'))
        ELSE '{{}}' END
"""
# Merged again where a row is there: another writer may have written it since this statement began to look.
_DEFINE = f"""
INSERT INTO records_activity AS known (key, iri, definition)
SELECT new.key, new.iri, new.definition
  FROM unnest(%s::uuid[], %s::text[], %s::jsonb[]) AS new (key, iri, definition)
  LEFT JOIN records_activity a ON a.key = new.key
 WHERE a.key IS NULL OR a.definition <> {_MERGED.format("a", "new")}
ON CONFLICT (key) DO UPDATE SET definition = {_MERGED.format("known", "excluded")}
"""  # noqa: S608


def keep_contents(contents: Mapping[str, bytes]) -> None:
    """Keep each content under its SHA-2."""
    with connection.cursor() as cursor:
        for sha2, content in sorted(contents.items()):
            cursor.execute(_CONTENT, [sha2, content])


known: Known[UUID] = Known(20_000, seconds=30)
"""What was said of activities last."""


def define(statements: Iterable[Prepared]) -> None:
    """Make what statements say of activities the definition of them."""
    defined: dict[UUID, Any] = {}
    last: dict[UUID, Any] = {}
    for one in statements:
        for key, activity in one.found.defined.items():
            if last.get(key) is activity:  # as our own statements repeat it
                continue
            last[key] = activity
            if key not in defined and known.says(key, activity["definition"]):
                continue
            before = defined.get(key, {}).get("definition", {})
            defined[key] = {"id": activity["id"], "definition": _merged(before, activity["definition"])}
    if not defined:
        return
    known.keep({key: one["definition"] for key, one in defined.items()})
    rows = sorted((str(key), one["id"], json.dumps(one["definition"])) for key, one in defined.items())
    with connection.cursor() as cursor:
        cursor.execute(_DEFINE, [list(column) for column in zip(*rows, strict=True)])


def _merged(before: Any, after: Any) -> Any:
    """The later definition, with what only the earlier one says."""
    texts = {
        name: {**before[name], **after[name]}
        for name in ("name", "description")
        if name in before and name in after
    }
    return {**before, **after, **texts}
