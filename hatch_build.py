"""Compile the message catalogues: run by the build of a wheel, by an editable install and by `make install`.

A fresh machine has no msgfmt; polib writes the same files.
"""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).resolve().parent / "src" / "passeur" / "locale"


def compile_catalogues() -> list[Path]:
    """Write the .mo beside each .po; gives back what was written."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written


class CompileCatalogues(BuildHookInterface[Any]):
    """Adds the compiled catalogues, which are not committed, to what is installed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for path in compile_catalogues():
            build_data["artifacts"].append(str(path.relative_to(Path(self.root))))


if __name__ == "__main__":
    compile_catalogues()
