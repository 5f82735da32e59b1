"""A program of elsewhere, for tests: it asks /xapi/ with its credentials."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from ..models import Client
from .factories import SECRET, ClientFactory

VERSION = "2.0.0"


class Program:
    """Asks as a client of the store would; `version` None leaves the header out."""

    def __init__(self, client: Client | None = None, *, version: str | None = VERSION, secret: str = SECRET):
        self.client = client or ClientFactory.create()
        self.version = version
        self.secret = secret
        self._browser = Browser(raise_request_exception=False)

    def ask(
        self, method: str, name: str, body: Any = None, *, type: str = "application/json",
        headers: dict[str, str] | None = None, **parameters: Any,
    ) -> Any:  # fmt: skip
        token = base64.b64encode(f"{self.client.key}:{self.secret}".encode()).decode()
        told = {"Authorization": f"Basic {token}", **(headers or {})}
        if self.version is not None:
            told["X-Experience-API-Version"] = self.version
        url = name if name.startswith("/") else reverse(f"records:{name}")
        given = {
            key: json.dumps(value) if isinstance(value, dict) else value for key, value in parameters.items()
        }
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self._browser.generic(
            method, url, content, content_type=type, headers=told, query_params=given or None
        )

    def get(self, name: str = "statements", **parameters: Any) -> Any:
        return self.ask("GET", name, **parameters)

    def post(self, body: Any, **options: Any) -> Any:
        return self.ask("POST", "statements", body, **options)

    def ids(self, **parameters: Any) -> list[str]:
        """The ids of a page of statements."""
        response = self.get(**parameters)
        assert response.status_code == 200, response.content
        return [one["id"] for one in response.json()["statements"]]
