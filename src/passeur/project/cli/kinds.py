"""Which reader knows a folder or an archive that somebody points at."""

import re
import tarfile
import zipfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path, PurePosixPath

import click

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _
from passeur.project.cli import imports

ARCHIVES = (".7z", ".zip", ".tar", ".tar.xz", ".tar.gz", ".tgz", ".tar.bz2")
# A folder per channel (its number, then its name) and a file per topic.
_TOPIC = re.compile(r"(^|/)\d+-[^/]+/[^/]+\.json$")
LOOKED_AT = 200  # names; enough to know the kind without unpacking


class UnknownKind(PasseurError):
    def __init__(self, source: Path) -> None:
        super().__init__(
            _(
                "{source} n’est ni un export de Stack Exchange (Posts.xml), ni une archive de Zulip (JSON), "
                "ni un dossier qui contient l’un ou l’autre."
            ).format(source=source)
        )


def reader_of(source: Path) -> tuple[click.Command, Path]:
    """The import command for `source`, and what to give it: the archive inside a folder, or itself."""
    for candidate in [source, *_archives_in(source)]:
        kind = _kind(_names(candidate))
        command = imports.command.get_command(click.Context(imports.command), kind) if kind else None
        if command is not None:
            return command, candidate
    raise UnknownKind(source)


def _archives_in(source: Path) -> list[Path]:
    if not source.is_dir():
        return []
    return sorted(path for path in source.iterdir() if path.name.endswith(ARCHIVES))


def _kind(names: Iterable[str]) -> str | None:
    for name in islice(names, LOOKED_AT):
        path = PurePosixPath(name)
        if path.name == "Posts.xml":
            return "stackexchange"
        if _TOPIC.search(name):
            return "zulip-archive"
    return None


def _names(source: Path) -> Iterable[str]:
    """Names of files in a folder or an archive; a .7z is taken for a dump, whose usual packing it is."""
    if source.is_dir():
        return (str(path.relative_to(source)) for path in source.rglob("*") if path.is_file())
    if source.name.endswith(".7z"):
        return ["Posts.xml"]
    try:
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                return archive.namelist()
        with tarfile.open(source) as packed:
            return [member.name for member in islice(packed, LOOKED_AT)]
    except (tarfile.TarError, OSError):
        return [source.name]
