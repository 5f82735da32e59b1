"""What files hang on: a room whose texts carry files registers who may read each, and what each says."""

from __future__ import annotations

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
