"""What can be listened to, and who may: each room registers its topics with its own policy."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

Readers = Callable[[int, Collection[int]], Collection[int]]
"""Of these members (keys), those who may listen to that one (key): asked for all listeners at once."""

_topics: dict[str, Readers] = {}


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that can be listened to: `conversation:12`."""

    name: str
    key: int

    def __str__(self) -> str:
        return f"{self.name}:{self.key}"

    def readers(self, among: Collection[int]) -> set[int]:
        """Which of these members may listen now."""
        asked = set(among)
        return asked & set(_topics[self.name](self.key, asked)) if asked else set()


def topic(name: str) -> Callable[[Readers], Readers]:
    """Register who may listen to the things called `name`."""

    def register(readers: Readers) -> Readers:
        _topics[name] = readers
        return readers

    return register


def parse(words: Iterable[str]) -> list[Topic] | None:
    """The topics that an address names, each once; None when one of them does not exist."""
    found: dict[str, Topic] = {}
    for word in words:
        name, _, key = word.partition(":")
        if name not in _topics or not (key.isascii() and key.isdecimal() and len(key) < 19):
            return None
        found[word] = Topic(name, int(key))
    return list(found.values())


def can_listen(member: int, name: str, key: int) -> bool:
    """Whether one member (by key) may listen to one thing."""
    return member in Topic(name, key).readers([member])
