"""Children end with the process that started them, however that process ended."""

import os
import signal
import sys
import threading
import time

GRACE = 15  # seconds between asking a process to stop and ending it


def end_with_pipe() -> None:
    """Stop this process when its standard input, held open by its parent, closes."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        _end()

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def end_with_parent(parent: int) -> None:
    """Stop this process when its parent is no longer `parent`."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        _end()

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
