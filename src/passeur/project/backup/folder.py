"""What of the data folder is kept in a backup, and what is made again by itself."""

from collections.abc import Iterator
from pathlib import Path

KEY = "secret-key"
FILES = "files"
KEPT = {FILES, KEY, "brought-in"}
"""Files joined to texts, the key that signs and enciphers, and what `passeur demo` brought in."""

MADE_AGAIN = {
    "postgres": "the database, which the dump holds",
    "postgres.lock": "a lock",
    "postgres.users": "a lock",
    "serve.lock": "a lock",
    "static": "collected when Passeur starts",
    "metrics": "counted anew when Passeur starts",
    "passeur-erasures.jsonl": "the ledger of erasures: written beside the archive, where it goes on",
    "last-backup.json": "when the last backup was made here",
    "restoring": "a restoration is under way",
}
_PASSING = {"incoming"}  # what is being received, below `files`


def kept_files(data_dir: Path) -> Iterator[Path]:
    """The files that a backup holds, in order, as paths below the data folder."""
    for name in sorted(KEPT):
        top = data_dir / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            inside = path.relative_to(data_dir)
            if path.is_file() and path.suffix != ".half" and not _PASSING & set(inside.parts):
                yield inside
