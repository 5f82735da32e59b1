"""What others may make of what they read of a member, without a member at hand."""

from __future__ import annotations


def initials(name: str, *, is_erased: bool) -> str:
    """One or two letters: of the first and the last word of the name."""
    if is_erased:
        return "–"
    words = [word for word in name.split() if word[:1].isalnum()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint(key: int) -> int:
    """Which of the six avatar tints, drawn from the member's key."""
    return key % 6 + 1


def first_name(name: str, *, is_erased: bool) -> str:
    """The first word of a name; whoever is erased has one that is not theirs, and keeps it whole."""
    return name if is_erased else name.split(" ", 1)[0]
