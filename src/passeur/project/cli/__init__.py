"""The `passeur` program: a file per command, and Django only where a command needs it."""

import gettext
import os
import signal
import sys

from passeur.foundation import terminal


def main() -> None:
    """Run the program; what goes wrong is one sentence and an exit code."""
    # A supervisor's way to say stop: whatever is open (the private server) is closed on the way out.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
    # click asks the standard library for the words of its own messages.
    gettext.bindtextdomain("click", str(terminal.LOCALE))
    gettext.textdomain("click")
    from passeur.project.cli.outcome import run
    from passeur.project.cli.program import program

    sys.exit(run(program))
