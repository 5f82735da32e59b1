"""`passeur mail receive`: one message on the standard input, as mail servers hand it to a program."""

import os
import sys

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import outcome, setting
from passeur.project.cli.pages import page

# What mail servers read of a program (sysexits.h): taken; turned away for good; ask again later.
TAKEN, UNAVAILABLE, LATER = os.EX_OK, os.EX_UNAVAILABLE, os.EX_TEMPFAIL


@click.command(
    "receive",
    short_help=_("Lire un message reçu, sur l’entrée standard."),
    help=page(
        _("Lire un message que le serveur de courrier remet, sur l’entrée standard."),
        _(
            "Un courriel qui revient arrête les envois à cette adresse, et la personne le lit dans Passeur. "
            "Une réponse automatique est ignorée. Tout autre message est refusé, avec une phrase qui dit "
            "où répondre. Le code de sortie est celui que lisent Postfix et Exim : 0 reçu, 69 refusé, "
            "75 à représenter plus tard."
        ),
        examples=[
            ("passeur mail receive --to retours+4f1c…@example.org < message.eml", _("un message")),
        ],
        prints=_("ce qui en a été fait."),
    ),
)
@click.option("--to", default="", help=_("L’adresse à laquelle il est arrivé."))
def command(to: str) -> int:
    try:
        with setting.database():
            from passeur.notifications import services
            from passeur.notifications.services.receiving import LARGEST, Received

            received = services.receive(sys.stdin.buffer.read(LARGEST), recipient=to)
    except Exception as error:
        # Whatever it is, the message must not be lost: the mail server keeps it and hands it in again.
        click.echo(outcome.explain(error) or repr(error), err=True)
        return LATER
    words = {
        Received.RETURNED: _("Courriel revenu : plus rien ne part à cette adresse."),
        Received.DELAYED: _("Retard signalé par un autre serveur : rien à faire."),
        Received.AUTOMATIC: _("Réponse automatique : ignorée."),
        Received.UNKNOWN_RETURN: _("Retour d’un courriel que Passeur n’a pas envoyé : ignoré."),
        Received.FROM_A_PERSON: _(
            "Personne ne lit cette adresse. Pour répondre, suivez le lien du courriel."
        ),
    }
    click.echo(words[received])
    return UNAVAILABLE if received is Received.FROM_A_PERSON else TAKEN
