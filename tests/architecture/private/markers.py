"""Words that stand nowhere else: each names the one thing that was marked with it."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field

ROOT = "zqvex"  # no French or English word holds it, and no stemmer shortens what follows
_FOUND = re.compile(rf"{ROOT}[a-z]{{3}}u", re.IGNORECASE)


@dataclass
class Markers:
    """Gives the words out, and finds them again in what comes out of a door."""

    names: dict[str, str] = field(default_factory=dict)

    def __call__(self, what: str) -> str:
        """The word of that thing; the same thing keeps its word."""
        for word, known in self.names.items():
            if known == what:
                return word
        number, letters = len(self.names), string.ascii_lowercase[:20]
        word = ROOT + "".join(letters[number // 20**place % 20] for place in range(3)) + "u"
        self.names[word] = what
        return word

    def found_in(self, text: str) -> set[str]:
        """What is named in a text, whatever its case."""
        return {self.names[word.lower()] for word in _FOUND.findall(text) if word.lower() in self.names}
