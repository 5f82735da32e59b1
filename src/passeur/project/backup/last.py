"""When this installation was last backed up."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

NAME = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Last:
    """The last archive that was finished: when, where and how large (bytes)."""

    at: dt.datetime
    archive: str
    size: int

    def age(self) -> float:
        """Seconds since."""
        return max(0.0, (dt.datetime.now(dt.UTC) - self.at).total_seconds())


def note(data_dir: Path, archive: Path, size: int) -> None:
    """Remember that one was made now."""
    given = {"at": dt.datetime.now(dt.UTC).isoformat(), "archive": str(archive), "size": size}
    half = data_dir / f"{NAME}.half"
    half.write_text(json.dumps(given))
    half.replace(data_dir / NAME)


def last(data_dir: Path) -> Last | None:
    """The last one, or None where none was made (or nobody can tell)."""
    try:
        given = json.loads((data_dir / NAME).read_text())
        return Last(dt.datetime.fromisoformat(given["at"]), str(given["archive"]), int(given["size"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
