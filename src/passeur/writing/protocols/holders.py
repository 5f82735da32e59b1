"""What files hang on: a room whose texts carry files registers who may read each, and what each says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from passeur.accounts.models import Member


class Holder(Protocol):
    """One sort of text that carries files, `kind` for ever: `conversations.contribution`."""

    kind: str

    def visible_to(self, member: Member, ids: Collection[int]) -> Collection[int]:
        """Those among the texts `ids` that `member` may read now, by the policy of their own page."""
        ...

    def texts(self, ids: Collection[int]) -> Mapping[int, Iterable[str]]:
        """All that each of these texts says and said: its present words and earlier versions still kept."""
        ...

    def take_out(self, ids: Collection[int], keys: Collection[str]) -> None:
        """Take the files of these keys out of these texts, earlier versions too, because they are erased."""
        ...


GONE = "(fichier effacé)"


def without_files(text: str, keys: Collection[str]) -> str:
    """A Markdown text with the words of these files where the files were: a description, or a name."""
    if not keys:
        return text
    named = "|".join(re.escape(key) for key in keys)
    return re.sub(rf"!?\[([^\]]*)\]\([^)\s]*/files/(?:{named})/[^)]*\)", rf"\1 {GONE}", text)


_holders: dict[str, Holder] = {}


def hold_files(made: Holder) -> Holder:
    """Register a sort of text; the same kind again replaces it."""
    _holders[made.kind] = made
    return made


def holder(kind: str) -> Holder | None:
    """The one of that kind; None when its room is not there."""
    return _holders.get(kind)


def holders() -> list[Holder]:
    """All of them, by kind."""
    return [_holders[kind] for kind in sorted(_holders)]
