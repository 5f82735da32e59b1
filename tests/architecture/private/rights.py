"""What somebody who was inside holds by right, with the reason: all the rest is a leak."""

from __future__ import annotations

from collections.abc import Iterable

from .walking import Leak

# After two people said yes, what they write is theirs, wherever they go: the other's name, and the words.
_WORDS = {name: {"name of friend", f"message to {name}"} for name in ("left", "removed")}
# A file is handed back to whoever brought it.
_WORDS["left"] = _WORDS["left"] | {"inside the file of left"}

# Who administers Passeur sees who is there, which communities there are and who was invited: names and
# addresses, in the room of the administration, and which courses they are tied to. Never a word of what is
# said inside (decision 20).
_ADMINISTRATION = ("administration:", "records:courses", "records:untie")
_NAMES = ("name of ", "address ")

# Addresses that answer them otherwise than where nothing is, and where only these words are said.
_DOORS = {
    "introductions:exchange": "the exchange of two people is theirs",
    "introductions:accept": "as the exchange",
    "introductions:decline": "as the exchange",
    "introductions:reconsider": "as the exchange",
    "expertise:contest": "what is inferred about oneself is contested wherever it was inferred",
    "expertise:accept_again": "as contesting it",
}


def leaked(found: Iterable[Leak]) -> list[Leak]:
    """The leaks among what was found."""
    return [
        leak
        for leak in found
        if leak.what not in _WORDS.get(leak.visitor, ())
        and not (leak.visitor in _WORDS and leak.address in _DOORS and "where nothing is" in leak.what)
        and not _is_administration(leak)
    ]


def _is_administration(leak: Leak) -> bool:
    return (
        leak.visitor == "administrator"
        and leak.address.startswith(_ADMINISTRATION)
        and (leak.what.startswith(_NAMES) or "where nothing is" in leak.what)
    )
