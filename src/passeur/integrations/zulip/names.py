"""Names in a Zulip archive: in files, folders and links, `.XX` stands for a byte, as `%XX` does in a URL."""

from __future__ import annotations

import re
from urllib.parse import quote

RESOLVED = "✔"

_BYTE = re.compile(rb"\.([0-9A-Fa-f]{2})")
_NARROW = re.compile(
    r".*#narrow/(?:stream|channel)/(?P<channel>\d+)(?:-[^/]*)?(?:/(?:topic|subject)/(?P<topic>[^/]*)"
    r"(?:/(?:near|with)/(?P<message>\d+))?)?/?"
)


def unescape(name: str) -> str:
    """`C.23.2F.2Enet` → `C#/.net`."""
    return _BYTE.sub(lambda found: bytes([int(found[1], 16)]), name.encode()).decode("utf-8", "replace")


def split_channel(folder: str) -> tuple[str, str]:
    """`407028-C.23` → `("407028", "C#")`."""
    number, _dash, name = folder.partition("-")
    return number, unescape(name)


def split_topic(name: str) -> tuple[str, bool]:
    """The topic without the mark that says it is resolved, and whether it is."""
    bare = name.removeprefix(RESOLVED)
    return bare.strip(), bare != name


def thread_id(channel: str, topic: str) -> str:
    """A topic, by its name as the archive has it, the mark included.

    What was written before a topic was resolved, and after, are two files there, and two conversations here.
    """
    return f"{channel}/{topic}"[:200]


def message_id(channel: str, number: int | str) -> str:
    """A message that was moved is in the archive twice, in two channels: the channel is part of the id."""
    return f"{channel}/{number}"


def inside(address: str, *, host: str) -> str | None:
    """Where a link to a message or a topic of this organisation leads here; None for any other link."""
    if not address.startswith((f"https://{host}/#", f"http://{host}/#")):
        return None
    found = _NARROW.fullmatch(address)
    if found is None or found["topic"] is None:
        return None
    if found["message"]:
        target = message_id(found["channel"], found["message"])
    else:
        target = thread_id(found["channel"], unescape(found["topic"]))
    return f"/from/zulip/{host}/{quote(target)}/"
