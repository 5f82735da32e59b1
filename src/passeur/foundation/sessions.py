"""Django's sessions in the database, read by a prepared query: each request of somebody asks it, first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from .lines import asked_first
from .prepared import Asked, planned_once

if TYPE_CHECKING:
    from django.contrib.sessions.models import Session


class SessionStore(db.SessionStore):
    """The store of `SESSION_ENGINE`."""

    def _get_session_from_db(self) -> Session | None:
        key, now = self.session_key or "", timezone.now()
        found = asked_first(lambda: _alive(key=key, now=now))
        if not found:
            self._session_key = None
        return found[0] if found else None


@planned_once
def _alive(key: Asked, now: Asked) -> QuerySet[Session]:
    store: Any = db.SessionStore.get_model_class()
    rows: QuerySet[Session] = store.objects.filter(session_key=key, expire_date__gt=now)
    return rows
