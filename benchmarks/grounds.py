"""Where a benchmark runs: on the server that `DATABASE_URL` names, else on a private one made for the run."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path


def stand() -> bool:
    """Have a database server; call it before Django starts. True when it is a new, empty one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
    if os.environ.get("DATABASE_URL"):
        return False
    from passeur.foundation.postgres import places, server

    held = ExitStack()
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="passeur-benchmark-"))).resolve()
    os.environ["DATA_DIR"] = str(folder)
    held.enter_context(server.running(folder))
    os.environ["DATABASE_URL"] = places.url(folder, user=places.ADMIN)
    atexit.register(held.close)
    return True


def settle() -> None:
    """Make the tables, and load the demo communities."""
    program = [sys.executable, "-c", "from passeur.project.cli import main; main()"]
    subprocess.run([*program, "migrate"], check=True, stdout=subprocess.DEVNULL)
    from passeur.integrations import demo

    demo.load(progress=lambda *steps: None)
