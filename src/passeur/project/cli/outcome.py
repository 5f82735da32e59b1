"""How a command ends: 0 done, 1 refused with one sentence, 2 misused, 130 interrupted."""

import errno
import os
from typing import Any

import click

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during work that has something to say about what is kept."""


def run(program: click.Command, arguments: list[str] | None = None) -> int:
    """Run `program` and give back its exit code; errors go to the standard error output, in a sentence."""
    try:
        code = program.main(args=arguments, prog_name="passeur", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.UsageError as error:
        error.show()
        return MISUSED
    except click.ClickException as error:
        error.show()
        return REFUSED
    except (KeyboardInterrupt, click.Abort) as error:
        # click wraps what it caught; a command's own words are in what it wrapped.
        words = str(error.__cause__ or error)
        say(words or _("Interrompu ; ce qui était enregistré le reste."))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left (`passeur … | head`): nothing more to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except Exception as error:
        sentence = explain(error)
        if sentence is None or os.environ.get("PASSEUR_DEBUG"):
            raise
        say(sentence)
        return REFUSED
    return code if isinstance(code, int) else DONE


def explain(error: BaseException) -> str | None:
    """The sentence of an error that a person can act on; None for a fault of ours."""
    if isinstance(error, PasseurError):
        return str(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _("Le disque est plein ({place}) : libérez de la place puis recommencez.").format(
            place=error.filename or "?"
        )
    return _of_the_database(error)


def _of_the_database(error: Any) -> str | None:
    """What PostgreSQL said, for Django's errors and psycopg's alike."""
    from psycopg import OperationalError
    from psycopg.errors import DiskFull

    for cause in (error, error.__cause__):
        if isinstance(cause, DiskFull):
            return _(
                "Le disque du serveur PostgreSQL est plein : libérez de la place puis recommencez ; "
                "ce qui était enregistré est intact."
            )
        if isinstance(cause, OperationalError):
            said = " ".join(str(cause).split())
            return _("Le serveur PostgreSQL ne répond plus : {said}").format(said=said)
    return None


def say(sentence: str) -> None:
    """One line on the standard error output."""
    click.echo(" ".join(sentence.split()), err=True)
