"""Vectors from an OpenAI-compatible embeddings endpoint, local or not. Off unless it is set up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from ..errors import EndpointFailed, EndpointUnset

TIMEOUT_OF_JOB, TIMEOUT_OF_REQUEST = 60, 3  # seconds
LARGEST = 64 * 1024 * 1024


class _NoRedirect(HTTPRedirectHandler):
    """Texts and the key go where they were meant to go, and nowhere else."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


class Endpoint:
    """`POST {url}/embeddings` with `{"model", "input"}`."""

    name = "endpoint"
    very_close = 0.9

    def __init__(self, url: str = "", key: str = "", model: str = "") -> None:
        self._url = url or settings.EMBEDDINGS_URL
        self._key = key or settings.EMBEDDINGS_KEY
        self._model = model or settings.EMBEDDINGS_MODEL

    def dimensions(self) -> int:
        return self._probed

    @cached_property
    def _probed(self) -> int:
        return len(self._ask(["passeur"], TIMEOUT_OF_JOB)[0])

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return self._ask(list(texts), TIMEOUT_OF_JOB)

    def query(self, text: str) -> list[float]:
        return self._ask([text], TIMEOUT_OF_REQUEST)[0]

    def _ask(self, texts: list[str], timeout: float) -> list[list[float]]:
        try:
            with build_opener(_NoRedirect).open(self._request(texts), timeout=timeout) as answer:
                told = json.loads(answer.read(LARGEST))
            rows = sorted(told["data"], key=lambda row: int(row["index"]))
            vectors = [_of_length_one(row["embedding"]) for row in rows]
        except HTTPError as error:
            raise self._failed(f"HTTP {error.code}") from error
        except URLError as error:
            raise self._failed(str(error.reason)) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._failed(f"{type(error).__name__}: {error}") from error
        if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1:
            raise self._failed(f"{len(vectors)} / {len(texts)}")
        return vectors

    def _request(self, texts: list[str]) -> Request:
        if urlsplit(self._url).scheme not in {"http", "https"} or not self._model:
            raise EndpointUnset
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        body = json.dumps({"model": self._model, "input": texts, "encoding_format": "float"}).encode()
        return Request(f"{self._url.rstrip('/')}/embeddings", body, headers)  # noqa: S310 - http(s), checked above

    def _failed(self, reason: str) -> EndpointFailed:
        return EndpointFailed(url=urlsplit(self._url).netloc, reason=" ".join(reason.split())[:200])


def _of_length_one(vector: Sequence[float]) -> list[float]:
    length = sum(float(x) * float(x) for x in vector) ** 0.5
    if not length or length != length:
        raise ValueError("a vector without length")
    return [float(x) / length for x in vector]
