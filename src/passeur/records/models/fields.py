"""A column that Django has no field for."""

from __future__ import annotations

from typing import Any

from django.db import models


class JsonText(models.TextField):  # type: ignore[type-arg]
    """PostgreSQL's `json`: checked like `jsonb`, and kept word for word; read as those words."""

    def db_type(self, connection: Any) -> str:
        return "json"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return f"{sql}::text", params
