"""The files of the demonstration, as they are written: `demo/company.yaml`, a folder a community."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

import passeur
from passeur.channels.errors import NotAnArchive, UnreadableArchive

FOLDER = Path(passeur.__file__).resolve().parent.parent.parent / "demo"

# The parser in C where the wheel has it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> dict[str, Any]:
    """One file; a fault in it is told with its line."""
    try:
        with path.open(encoding="utf-8") as file:
            content = yaml.load(file, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except FileNotFoundError as error:
        raise NotAnArchive(str(path.parent), path.name) from error
    except yaml.YAMLError as error:
        raise UnreadableArchive(str(path), " ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise UnreadableArchive(str(path), "YAML")
    return content


@dataclass(frozen=True)
class CommunityFiles:
    """A community: what it is, and its conversations by the number in their file's name."""

    folder: Path

    @cached_property
    def about(self) -> dict[str, Any]:
        return read(self.folder / "community.yaml")

    @cached_property
    def conversations(self) -> dict[int, dict[str, Any]]:
        files = sorted((self.folder / "conversations").glob("*.yaml"))
        return {int(file.name.partition("-")[0]): read(file) for file in files}

    @property
    def slug(self) -> str:
        return str(self.about["slug"])


@dataclass(frozen=True)
class Company:
    """The company, its people by key, and its communities."""

    folder: Path = FOLDER

    @cached_property
    def about(self) -> dict[str, Any]:
        return read(self.folder / "company.yaml")

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        return {person["key"]: person for person in self.about["people"]}

    @cached_property
    def communities(self) -> list[CommunityFiles]:
        found = sorted(self.folder.glob("communities/*/community.yaml"))
        return [CommunityFiles(file.parent) for file in found]
