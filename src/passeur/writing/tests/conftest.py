"""A folder of files for each test, and one sort of text that carries files."""

import pytest

from ..protocols import Spot, without_files
from ..protocols import holders as registered
from ..protocols.holders import _holders
from ..protocols.places import _places


class Wall:
    """Texts by number; `readers` says who reads which."""

    kind = "tests.wall"

    def __init__(self) -> None:
        self.readers: dict[int, set[int]] = {}
        self.said: dict[int, list[str]] = {}

    def visible_to(self, member, ids):
        return {pk for pk in ids if member.pk in self.readers.get(pk, set())}

    def texts(self, ids):
        return {pk: self.said[pk] for pk in ids if pk in self.said}

    def take_out(self, ids, keys):
        for pk in ids:
            self.said[pk] = [without_files(text, keys) for text in self.said[pk]]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def wall(monkeypatch):
    made = Wall()
    monkeypatch.setitem(_holders, made.kind, made)
    assert made in registered()
    return made


@pytest.fixture
def bench(monkeypatch):
    """A place where everybody may write; those in `closed` are not open any more."""
    closed: set[str] = set()
    monkeypatch.setitem(
        _places,
        "tests.bench",
        lambda member, keys: {
            key: Spot(f"Votre texte n° {key}", "/conversations/", "#ecrire")
            for key in keys
            if key not in closed
        },
    )
    return closed
