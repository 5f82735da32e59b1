"""What a refusal is: one sentence, and nothing kept."""

from __future__ import annotations

from typing import Any

from ..models import Activity, Agent, Attachment, Document, Echo, Statement, StatementId


def kept() -> list[int]:
    """How many of each thing the store has, statements first."""
    models = (Statement, StatementId, Echo, Attachment, Activity, Agent, Document)
    return [model._default_manager.count() for model in models]


def refused(response: Any, status: int = 400) -> None:
    """One sentence, with that status; nothing is in the store."""
    assert response.status_code == status, (response.status_code, response.content[:300])
    assert response.headers["Content-Type"].startswith("text/plain")
    assert 0 < len(response.content) < 600
    assert b"\n" not in response.content
    assert not any(kept())
