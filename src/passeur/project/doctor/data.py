"""The database, and what is in it: rights, migrations, jobs, letters."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from passeur.foundation.postgres import checks
from passeur.foundation.postgres.errors import DatabaseUnusable
from passeur.foundation.terminal import gettext as _
from passeur.foundation.terminal import ngettext
from passeur.project.backup import last
from passeur.project.doctor.finding import Finding, note, well, wrong

OLD = 2  # days without a backup after which it is said
LATE = 15 * 60  # seconds that a letter may wait for the mail server: greylisting takes that long


def server(settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Version, encoding, rights; pgvector, which only the semantic adapter asks for."""
    try:
        facts = checks.facts(settings)
    except DatabaseUnusable as refusal:
        yield wrong(_("Base de données injoignable"), str(refusal))
        return
    problems = checks.problems(settings)
    for problem in problems:
        yield wrong(_("Base de données inutilisable"), str(problem))
    if not problems:
        yield well(
            _("PostgreSQL {version}, UTF-8, tables modifiables ({place})").format(
                version=facts["version"], place=checks.place(settings)
            )
        )
    if facts["has_vector"]:
        yield well(_("Extension pgvector disponible"))
    else:
        yield note(
            _("Extension pgvector absente"),
            _("Elle ne sert qu’à la recherche sémantique (passeur[semantic]) ; tout le reste s’en passe."),
        )


def migrations() -> Iterator[Finding]:
    from passeur.foundation.errors import PasseurError
    from passeur.project import migrating

    try:
        migrating.require_done()
    except PasseurError as problem:
        yield wrong(_("Tables pas à jour"), str(problem))
    else:
        yield well(_("Tables à jour"))


def backups(data_dir: Path) -> Iterator[Finding]:
    """When the last one was made here, or that none was."""
    made = last.last(data_dir)
    if made is None:
        yield note(
            _("Aucune sauvegarde faite depuis ce dossier de données"),
            _("« passeur backup DOSSIER » en fait une ; docs/how-to/back-up.md dit comment chaque nuit."),
        )
        return
    days = int(made.age() // 86_400)
    found = ngettext(
        "Dernière sauvegarde : il y a {days} jour ({archive})",
        "Dernière sauvegarde : il y a {days} jours ({archive})",
        days,
    ).format(days=days, archive=made.archive)
    if days > OLD:
        yield note(found, _("Regardez pourquoi il n’y en a plus : « passeur backup » le dira."))
    else:
        yield well(found)


def jobs() -> Iterator[Finding]:
    """Whether somebody does the background work, and what gave up."""
    from passeur.foundation import queue

    state = queue.state()
    found = _(
        "Tâches de fond : {due} à faire, la plus ancienne depuis {lag} s ; {workers} au travail"
    ).format(due=state.due, lag=round(state.lag), workers=state.workers)
    if state.is_stuck:
        yield wrong(found, _("Lancez « passeur serve » ou « passeur worker »."))
    else:
        yield well(found)
    if state.failed:
        yield note(
            _("Tâches abandonnées après plusieurs essais : {count}").format(count=state.failed),
            _("Leur cause est dans le journal du processus qui les a essayées."),
        )


def post() -> Iterator[Finding]:
    """Whether letters leave: a mail server that answers may refuse them all the same."""
    from passeur.notifications import queries as notifications

    waiting, oldest = notifications.post_waiting()
    if oldest > LATE:
        yield wrong(
            _("Courriels qui attendent : {count}, le plus ancien depuis {minutes} min").format(
                count=waiting, minutes=round(oldest / 60)
            ),
            _("Le serveur de courrier les refuse : son journal dit pourquoi. Rien n’est perdu."),
        )
