"""What browsers and mailboxes meet: address, secrets, mail, static files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from passeur.foundation.terminal import gettext as _
from passeur.project.doctor.finding import Finding, note, well, wrong


def address(settings: Any) -> Iterator[Finding]:
    """Production answers one https address; without one, only this machine is answered."""
    if settings.DEBUG:
        yield wrong(
            _("PASSEUR_DEBUG est allumé : les pages d’erreur montrent le code et les réglages"),
            _("Retirez PASSEUR_DEBUG, sauf pour développer."),
        )
    if settings.ADDRESS is None or not settings.ADDRESS.is_secure:
        yield note(
            _("Adresse : cette machine seulement"),
            _("Pour servir d’autres personnes : PASSEUR_ADDRESS=https://passeur.example.org"),
        )
        return
    yield well(_("Adresse : {origin}").format(origin=settings.ADDRESS.origin))
    from django.core.checks import run_checks

    for message in run_checks(include_deployment_checks=True):
        yield wrong(f"{message.msg} ({message.id})", message.hint or "")


def mail(settings: Any) -> Iterator[Finding]:
    if not settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        host = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        try:
            from django.core.mail import get_connection

            connection = get_connection()
            connection.open()
            connection.close()
        except OSError as error:
            yield wrong(
                _("Courrier : {host} ne répond pas ({detail})").format(host=host, detail=error),
                _("Vérifiez EMAIL_URL."),
            )
        else:
            yield well(_("Courrier par {host}").format(host=host))
    elif settings.ADDRESS is not None and settings.ADDRESS.is_secure:
        yield wrong(
            _("Courrier : rien n’est envoyé, tout est écrit dans le journal"),
            _("Donnez EMAIL_URL=smtp://nom:secret@mail.example.org:587"),
        )
    else:
        yield note(_("Courrier : écrit dans le journal, pas envoyé"))


def static_files(settings: Any) -> Iterator[Finding]:
    root = Path(settings.STATIC_ROOT)
    if (root / ".collected").exists():
        yield well(_("Fichiers statiques rassemblés"))
    else:
        yield note(_("Fichiers statiques : « passeur serve » les rassemblera au démarrage"))
