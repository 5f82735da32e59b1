"""`passeur index`: what finds similar questions, made anew or for another adapter."""

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar


@click.command(
    "index",
    short_help=_("Préparer la recherche de questions proches."),
    help=page(
        _("Préparer la recherche de questions proches : indexer toutes les questions."),
        _(
            "L’index par les mots se tient à jour tout seul. Cette commande sert la première fois qu’un "
            "autre adaptateur est choisi (PASSEUR_TEXT_VECTORS) : « semantic » demande passeur[semantic] et "
            "pgvector, « endpoint » demande pgvector, PASSEUR_EMBEDDINGS_URL et PASSEUR_EMBEDDINGS_MODEL."
        ),
        _("Interrompue puis relancée, elle ne recalcule pas les vecteurs déjà enregistrés."),
        examples=[
            ("passeur index", _("les mots")),
            ("passeur index --adapter semantic", _("les mots et le sens")),
            ("passeur index --adapter endpoint --rebuild", _("après un changement de modèle")),
        ],
        prints=_("combien de questions sont indexées."),
    ),
)
@click.option(
    "--adapter", type=click.Choice(["lexical", "semantic", "endpoint"]), default=None,
    help=_("Lequel ; sans cette option, celui de PASSEUR_TEXT_VECTORS."),
)  # fmt: skip
@click.option("--rebuild", is_flag=True, help=_("Oublier d’abord les vecteurs enregistrés."))
def command(adapter: str | None, rebuild: bool) -> None:
    with setting.database():
        from django.conf import settings

        from passeur.conversations.services import similarity
        from passeur.project import migrating

        migrating.require_done()
        name = adapter or settings.TEXT_VECTORS
        total = max(1, similarity.how_many())
        seen = 0
        with bar() as show:

            def on_progress(done: int) -> None:
                nonlocal seen
                seen += done
                show(name, seen / total)

            count = similarity.index_all(adapter=name, anew=rebuild, on_progress=on_progress)
    click.echo(_("Questions indexées : {count} ({name}).").format(count=count, name=name))
