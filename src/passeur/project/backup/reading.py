"""Reading an archive: whether it is one, of which version, and whether every part is what was written."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from passeur.foundation.terminal import gettext as _
from passeur.project.backup import errors, folder, manifest
from passeur.project.backup.manifest import Manifest

CHUNK = 1 << 20
Tell = Callable[[str, float], None]


class Archive:
    """An opened archive. Nothing of it is trusted before `verify` came to its end."""

    def __init__(self, path: Path, content: zipfile.ZipFile) -> None:
        self.path = path
        self._content = content
        self.manifest = self._manifest()

    def _manifest(self) -> Manifest:
        try:
            said = self._content.read(manifest.MANIFEST)
            seal = self._content.read(manifest.SEAL).decode("ascii", "replace").strip()
        except (KeyError, zipfile.BadZipFile, OSError) as error:
            raise errors.NotABackup(self.path) from error
        if hashlib.sha256(said).hexdigest() != seal:
            raise errors.Damaged(self.path, manifest.MANIFEST)
        try:
            found = manifest.read(said)
        except (ValueError, KeyError, TypeError) as error:
            raise errors.TooNew("?", []) from error
        if found.format > manifest.FORMAT:
            raise errors.TooNew(found.passeur, [])
        return found

    def verify(self, tell: Tell) -> None:
        """Read every part once and compare; raises for the first that is missing, other or too much."""
        total = sum(part.size for part in self.manifest.parts.values()) or 1
        names = set(self._content.namelist()) - {manifest.MANIFEST, manifest.SEAL}
        if names != set(self.manifest.parts) or manifest.DUMP not in names:
            odd = sorted(names ^ set(self.manifest.parts)) or [manifest.DUMP]
            raise errors.Damaged(self.path, odd[0])
        done = 0
        for name, part in self.manifest.parts.items():
            if name != manifest.DUMP and _inside(name) is None:
                raise errors.Damaged(self.path, name)
            digest = hashlib.sha256()
            try:
                with self.open(name) as content:
                    while piece := content.read(CHUNK):
                        digest.update(piece)
                        done += len(piece)
                        tell(_("Je vérifie"), done / total)
            except (zipfile.BadZipFile, EOFError, OSError) as error:
                raise errors.Damaged(self.path, name) from error
            if digest.hexdigest() != part.sha256:
                raise errors.Damaged(self.path, name)

    def open(self, name: str) -> IO[bytes]:
        return self._content.open(name)

    def files(self) -> dict[str, Path]:
        """Parts that go into the data folder: by name in the archive, where below it."""
        found = {name: _inside(name) for name in self.manifest.parts}
        return {name: inside for name, inside in found.items() if inside is not None}

    def key(self) -> str | None:
        """The secret key, where the archive holds it."""
        name = manifest.FILES + folder.KEY
        return self._content.read(name).decode().strip() if name in self.manifest.parts else None


def _inside(name: str) -> Path | None:
    """Where below the data folder a part goes; None for what goes nowhere."""
    if not name.startswith(manifest.FILES):
        return None
    inside = PurePosixPath(name.removeprefix(manifest.FILES))
    if inside.is_absolute() or ".." in inside.parts or not inside.parts or inside.parts[0] not in folder.KEPT:
        return None
    return Path(inside)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at `path`."""
    try:
        with zipfile.ZipFile(path) as content:
            yield Archive(path, content)
    except zipfile.BadZipFile as error:
        raise errors.NotABackup(path) from error
