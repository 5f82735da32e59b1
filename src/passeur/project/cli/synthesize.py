"""`passeur synthesize`: an invented company of any size, to measure with."""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar


@click.command(
    "synthesize",
    short_help=_("Inventer une entreprise de la taille voulue, pour mesurer."),
    help=page(
        _(
            "Inventer une entreprise de la taille voulue : membres, communautés, échanges, réponses, "
            "réactions, lectures, écrits en français et en anglais. Pour mesurer, pas pour travailler."
        ),
        _(
            "Les mêmes tailles, la même graine et le même jour donnent les mêmes lignes. Interrompue puis "
            "relancée, la commande reprend à la première communauté qui manque."
        ),
        examples=[
            ("passeur synthesize", _("petite : mille membres")),
            (
                "passeur synthesize --members 100000 --conversations 500000 --contributions 2000000",
                _("celle des mesures de docs/reference/benchmarks.md"),
            ),
        ],
        prints=_("ce qui est fait, et en combien de temps."),
    ),
)
@click.option(
    "--members", type=click.IntRange(10, 10_000_000), default=1_000, show_default=True, help=_("Membres.")
)
@click.option(
    "--conversations",
    type=click.IntRange(1, 50_000_000),
    default=5_000,
    show_default=True,
    help=_("Échanges."),
)
@click.option(
    "--contributions", type=click.IntRange(1, 500_000_000), default=20_000, show_default=True,
    help=_("Messages, celui qui ouvre chaque échange compris."),
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help=_("Graine du hasard.")
)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), default=None,
    help=_("Dernier jour de l’histoire, AAAA-MM-JJ ; aujourd’hui sans cette option."),
)  # fmt: skip
@click.option(
    "--derive/--no-derive", default=True,
    help=_("Préparer aussi ce qui s’en déduit : recherche, questions proches, preuves, bureau, mesures."),
)  # fmt: skip
def command(
    members: int, conversations: int, contributions: int, seed: int, until: dt.datetime | None, derive: bool
) -> None:
    if contributions < conversations:
        raise click.UsageError(
            _("Chaque échange a au moins un message : donnez à --contributions au moins --conversations.")
        )
    with setting.database():
        from passeur.integrations import synthesis
        from passeur.project import migrating

        migrating.require_done()
        sizes = synthesis.Sizes(members, conversations, contributions, seed)
        began = time.monotonic()
        try:
            with bar() as show:
                made = synthesis.synthesize(sizes, until=until.date() if until else None, progress=show)
                written = time.monotonic() - began
                spent = _derive(show) if derive else {}
        except KeyboardInterrupt as stop:
            raise Interrupted(_("Interrompu : relancez la même commande pour la suite.")) from stop
    click.echo(
        _(
            "{members} membres, {communities} communautés, {conversations} échanges, {contributions} "
            "messages : écrits en {written:.0f} s, dérivés en {derived:.0f} s."
        ).format(
            members=members,
            communities=made.communities,
            conversations=made.conversations,
            contributions=made.contributions,
            written=written,
            derived=time.monotonic() - began - written,
        )
    )
    for name, seconds in spent.items():
        click.echo(_("  {name} : {seconds:.0f} s").format(name=name, seconds=seconds))
    if spent:
        click.echo(_("Secondes de tous les processus ensemble ({processes}).").format(processes=PROCESSES))


PROCESSES = max(1, min(4, os.cpu_count() or 1))
QUEUES = ("--queue", "events", "--queue", "indexing")


def _derive(show: Callable[[str, float], None]) -> dict[str, float]:
    """Seconds spent by kind of work, those of all processes together."""
    from passeur.integrations import synthesis

    began = time.monotonic()
    synthesis.take_over()
    _empty_the_queue(show)
    spent = {_("file de tâches"): (time.monotonic() - began) * PROCESSES}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=setting.django) as pool:
        try:
            spent |= synthesis.derive(progress=show, pool=pool, processes=PROCESSES)
        except BaseException:
            # What is begun is undone by its transaction; what waits is not begun.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return spent


def _empty_the_queue(show: Callable[[str, float], None]) -> None:
    """Do the jobs that imports left, in processes of their own, and none of those that the clock brings."""
    from passeur.foundation import queue

    program = [sys.executable, "-c", "from passeur.project.cli import main; main()"]
    words = [*program, "worker", "--until-empty", "--concurrency", "1", *QUEUES]
    working = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _number in range(PROCESSES)]  # noqa: S603
    first = max(1, queue.state().due)
    try:
        while any(process.poll() is None for process in working):
            show(_("Recherche, questions proches, activités"), max(0.0, 1 - queue.state().due / first))
            time.sleep(1)
    finally:
        for process in working:
            process.terminate()
            process.wait()
