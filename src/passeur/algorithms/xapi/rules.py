"""The small rules: what an IRI, an identifier, a date, a duration, a language is. Each says yes or no."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache, wraps

# RFC 3987 §2.2: a scheme, then no space, no control character and none of the delimiters that it forbids.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20\x7f-\x9f\s<>\"{}|\\^`]+")
_IRL = re.compile(r"(?:https?|ftps?|file)://[^/?#]", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_MAILBOX = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", re.IGNORECASE)
_SHA1 = re.compile(r"[0-9a-f]{40}", re.IGNORECASE)
_SHA2 = re.compile(r"[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}", re.IGNORECASE)
_MEDIA = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+(?:[ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?")
_DURATION = re.compile(
    r"P(?:[0-9]+(?:[.,][0-9]+)?W|(?=[0-9T])(?:[0-9]+(?:[.,][0-9]+)?Y)?(?:[0-9]+(?:[.,][0-9]+)?M)?"
    r"(?:[0-9]+(?:[.,][0-9]+)?D)?(?:T(?=[0-9])(?:[0-9]+(?:[.,][0-9]+)?H)?(?:[0-9]+(?:[.,][0-9]+)?M)?"
    r"(?:[0-9]+(?:[.,][0-9]+)?S)?)?)"
)
_MOMENT = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|[0-9]{4})"
    r"[Tt][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?)?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_NO_ZONE = re.compile(r"-00(?::?00)?")
# RFC 5646 §2.1, with the irregular tags that it keeps from before.
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-(?:bok|nyn)|zh-(?:guoyu|hakka|min|min-nan|xiang)",
    re.IGNORECASE,
)
_LONGEST_LANGUAGE = 200  # characters; RFC 5646 §4.4.1 asks that 35 be taken
REMEMBERED = 300  # characters
UTC = dt.UTC


def remembered(most: int) -> Callable[[Callable[[str], bool]], Callable[[str], bool]]:
    """The last `most` answers are kept, but none to a long text: whoever sends texts fills no memory."""

    def decorate(asks: Callable[[str], bool]) -> Callable[[str], bool]:
        known = lru_cache(most)(asks)

        @wraps(asks)
        def answer(text: str) -> bool:
            return known(text) if len(text) <= REMEMBERED else asks(text)

        return answer

    return decorate


@remembered(8192)
def is_iri(text: str) -> bool:
    return _IRI.fullmatch(text) is not None


@remembered(1024)
def is_irl(text: str) -> bool:
    """An IRI that says where something is."""
    return is_iri(text) and _IRL.match(text) is not None


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def is_mailbox(text: str) -> bool:
    """`mailto:` and an address."""
    return _MAILBOX.fullmatch(text) is not None


def is_sha1(text: str) -> bool:
    return _SHA1.fullmatch(text) is not None


def is_sha2(text: str) -> bool:
    """A digest of 224, 256, 384 or 512 bits, in hexadecimal."""
    return _SHA2.fullmatch(text) is not None


@remembered(256)
def is_media_type(text: str) -> bool:
    return _MEDIA.fullmatch(text) is not None


@remembered(1024)
def is_language(text: str) -> bool:
    return len(text) <= _LONGEST_LANGUAGE and _LANGUAGE.fullmatch(text) is not None


def is_duration(text: str) -> bool:
    """ISO 8601:2004 §4.4.3.2: `PT1H30M`, `P3D`, `P4W`."""
    return _DURATION.fullmatch(text) is not None


def moment(text: str) -> dt.datetime | None:
    """A date and time in UTC, from ISO 8601; None where it is none. Without a zone it is UTC.

    An offset of `-00:00` means that the zone is not known, which ISO 8601 does not allow.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    zone = found["zone"]
    if zone and _NO_ZONE.fullmatch(zone):
        return None
    try:
        at = dt.datetime.fromisoformat(text.upper().replace(",", "."))
        if at.tzinfo is not UTC:
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year >= 1 else None


def written(at: dt.datetime) -> str:
    """A date and time as xAPI writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
