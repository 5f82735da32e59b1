"""Static files as they are served: collected, hashed and compressed once for what they are now."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from passeur.foundation.storage import HashedStorage


def collect() -> bool:
    """Collect into STATIC_ROOT unless what is there is of the same files; true when it did."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    shutil.rmtree(root, ignore_errors=True)
    command = Command()
    storage: Any = HashedStorage  # which has no types
    command.storage = storage()  # the processes that serve read its manifest; this one does not
    call_command(command, interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Names, sizes and times of all the static files, and how they are stored."""
    digest = hashlib.sha256(HashedStorage.__qualname__.encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns};".encode())
    return digest.hexdigest()
