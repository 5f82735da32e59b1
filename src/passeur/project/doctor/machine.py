"""The machine: Python, the packages, the data folder, the disk, the port."""

import fcntl
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from passeur.foundation.postgres.folder import ROOM_TO_BEGIN
from passeur.foundation.terminal import gettext as _
from passeur.foundation.terminal import ngettext
from passeur.project.doctor.finding import Finding, note, well, wrong
from passeur.project.serve import claims

LOCK = Path(__file__).resolve().parents[4] / "requirements" / "run.txt"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;.*?)?\\?$")


def python() -> Iterator[Finding]:
    yield well("Python " + ".".join(map(str, sys.version_info[:3])))


def packages(lock: Path = LOCK) -> Iterator[Finding]:
    """Installed versions against the lock file, where there is one (a wheel has none)."""
    if not lock.exists():
        return
    pinned: dict[str, set[str]] = {}
    everywhere = set()
    for line in lock.read_text().splitlines():
        if found := _PINNED.match(line.strip()):
            name, version, marker = found.groups()
            # A package may be pinned twice, for one Python or another.
            pinned.setdefault(name, set()).add(version)
            if not marker:
                everywhere.add(name)
    missing, other = [], []
    for name, versions in pinned.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing += [name] if name in everywhere else []
            continue
        if installed not in versions:
            other.append(f"{name} {installed} ({', '.join(sorted(versions))})")
    if missing or other:
        names = ", ".join([*missing, *other][:5])
        count = len(missing) + len(other)
        sentence = ngettext(
            "{count} paquet absent ou d’une autre version que celle du verrou : {names}",
            "{count} paquets absents ou d’une autre version que celle du verrou : {names}",
            count,
        )
        yield wrong(sentence.format(count=count, names=names), _("Relancez « make install »."))
    else:
        yield well(_("Paquets installés comme dans le verrou"))


def folder(data_dir: Path) -> Iterator[Finding]:
    """Its existence, who can read it, the rights of the secret key, the room left."""
    if not data_dir.exists():
        yield note(_("Dossier de données {folder} : pas encore fait").format(folder=data_dir))
        return
    mode = stat.S_IMODE(data_dir.stat().st_mode)
    if mode & 0o066:
        yield wrong(
            _("Dossier de données {folder} : lisible par d’autres comptes ({mode})").format(
                folder=data_dir, mode=oct(mode)[2:]
            ),
            f"chmod go-rw {data_dir}",
        )
    else:
        yield well(_("Dossier de données {folder}, fermé aux autres comptes").format(folder=data_dir))
    key = data_dir / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield wrong(_("La clé secrète est lisible par d’autres comptes"), f"chmod 600 {key}")
    free = shutil.disk_usage(data_dir).free
    found = _("{free} Mo libres sur le disque du dossier de données").format(free=free // 2**20)
    yield well(found) if free > ROOM_TO_BEGIN else wrong(found, _("Libérez de la place."))


def port(data_dir: Path, number: int) -> Iterator[Finding]:
    try:
        claims.require_port("127.0.0.1", number)
    except claims.PortUnusable as taken:
        if _is_serving(data_dir):
            yield well(_("Port {port} : un Passeur y sert ce dossier").format(port=number))
        else:
            yield wrong(str(taken), _("Ou lancez avec PORT=… un port libre."))
    else:
        yield well(_("Port {port} libre").format(port=number))


def _is_serving(data_dir: Path) -> bool:
    """Whether a `passeur serve` holds the claim of this folder."""
    try:
        with (data_dir / "serve.lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
