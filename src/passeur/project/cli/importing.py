"""What the import commands share: the progress bar, and the last lines that say what arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from passeur.foundation.terminal import gettext as _
from passeur.foundation.terminal import ngettext
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted

if TYPE_CHECKING:
    from passeur.channels.protocols import Archive
    from passeur.conversations.services.imports import Summary


def bring_in(
    make_archive: Callable[[], Archive], *, community: str | None, threads: str = "", themes: str = ""
) -> Summary:
    """Read an archive into its community, showing how far it is; then say what came of it.

    `threads` and `themes` are what conversations and themes are called where the archive comes from.
    """
    with setting.database():
        from passeur.conversations.services import imports
        from passeur.project import migrating

        migrating.require_done()
        archive = make_archive()
        key = imports.community_for(archive, slug=community)
        try:
            with _bar() as show:
                summary = imports.load(archive, community=key, progress=show)
        except KeyboardInterrupt as stop:
            raise Interrupted(
                _("Interrompu : seuls des échanges entiers sont enregistrés ; relancez pour la suite.")
            ) from stop
        tell(summary, archive)
        there = imports.totals_of(summary.channel)
        if summary.changed:
            click.echo(
                _(
                    "La recherche, les questions proches et les personnes à solliciter suivent, par les "
                    "tâches de fond (« passeur serve » ou « passeur worker »)."
                )
            )
        click.echo(
            _(
                "Communauté « {slug} » : {conversations} {threads}, {messages} messages, "
                "{comments} commentaires, {count} {themes} de {address}, à jour en {seconds:.1f} s."
            ).format(
                slug=community or archive.community_slug,
                conversations=there.conversations,
                threads=threads or _("échanges"),
                messages=there.messages,
                comments=there.comments,
                count=there.themes,
                themes=themes or _("thèmes"),
                address=archive.address,
                seconds=summary.seconds,
            )
        )
        return summary


class _bar:  # noqa: N801 - reads as a function
    """A progress bar that takes the phases of an import."""

    def __enter__(self) -> Callable[[str, float], None]:
        phases = {"read": _("Lecture"), "write": _("Écriture")}
        self._progress = Progress(
            TextColumn("{task.description:10}"),
            BarColumn(),
            TextColumn("{task.percentage:3.0f} %"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._progress.start()
        tasks = {phase: self._progress.add_task(words, total=1.0) for phase, words in phases.items()}

        def show(phase: str, share: float) -> None:
            if phase == "write":
                self._progress.update(tasks["read"], completed=1.0)
            self._progress.update(tasks[phase], completed=share)

        return show

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()


def tell(summary: Summary, archive: Archive) -> None:
    """What was refused and left out, read and written."""
    for problem in archive.problems.first:
        click.echo(str(problem), err=True)
    hidden = archive.problems.count - len(archive.problems.first)
    if hidden > 0:
        click.echo(_("… et {count} autres lignes refusées.").format(count=hidden), err=True)
    for what, count in summary.left_out.items():
        click.echo(_("Laissé de côté : {what} : {count}").format(count=count, what=what))
    if archive.problems.count:
        click.echo(
            ngettext(
                "Refusé : {count} ligne illisible, dite ci-dessus.",
                "Refusé : {count} lignes illisibles, dites ci-dessus.",
                archive.problems.count,
            ).format(count=archive.problems.count)
        )
    click.echo(_("Lu : {what}").format(what=_listed(summary.read)))
    if summary.changed:
        click.echo(_("Écrit : {what}").format(what=_listed(summary.written)))
    else:
        click.echo(_("Rien de nouveau : rien n’a changé."))


def _listed(counts: dict[str, int]) -> str:
    words = {
        "person": _("personnes"),
        "people": _("personnes"),
        "theme": _("thèmes"),
        "themes": _("thèmes"),
        "channel": _("canaux"),
        "thread": _("échanges"),
        "conversations": _("échanges"),
        "contribution": _("messages"),
        "messages": _("messages"),
        "comments": _("commentaires"),
        "vote": _("votes"),
        "votes": _("jours de votes"),
        "acceptance": _("acceptations"),
        "closure": _("raisons de clôture"),
        "link": _("liens"),
        "links": _("liens"),
        "mention": _("mentions"),
        "mentions": _("mentions"),
        "revision": _("versions"),
        "revisions": _("versions"),
        "reaction": _("réactions"),
        "reactions": _("réactions"),
        "people changed": _("personnes modifiées"),
        "conversations changed": _("échanges modifiés"),
        "messages changed": _("messages modifiés"),
        "comments changed": _("commentaires modifiés"),
        "messages gone": _("messages disparus là-bas"),
        "conversations gone": _("échanges disparus là-bas"),
    }
    return ", ".join(f"{count} {words.get(name, name)}" for name, count in counts.items() if count)
