"""`passeur evaluate similar`: are the questions that people linked found as similar ones?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar

if TYPE_CHECKING:
    from passeur.conversations.services.similarity_evaluation import SimilarReport


class NoSuchCommunity(PasseurError):
    """There is no community of that name that has questions."""

    def __init__(self, slug: str, known: list[str]) -> None:
        super().__init__(
            _("Aucune communauté « {slug} » n’a de questions. Celles qui en ont : {known}.").format(
                slug=slug, known=", ".join(known) or "–"
            )
        )


@click.command(
    "similar",
    short_help=_("Mesurer la recherche de questions proches."),
    help=page(
        _("Mesurer la recherche de questions proches sur les liens que les membres ont faits entre elles."),
        _(
            "De deux questions liées, la plus récente cherche l’autre, avec son titre et son texte, parmi "
            "tout ce qui avait été demandé avant elle ; rien de ce qui suit n’est vu. Chaque adaptateur est "
            "mesuré seul, puis avec les mots. Rien n’est enregistré."
        ),
        examples=[
            ("passeur evaluate similar", _("toutes les communautés, tous les adaptateurs utilisables")),
            (
                "passeur evaluate similar --community biere --lexical-only",
                _("une seule, en quelques secondes"),
            ),
            ("passeur evaluate similar --json > proches.json", _("tout, avec les intervalles")),
        ],
        prints=_(
            "par communauté, adaptateur et sorte de lien : n, hit@5, hit@10, MRR@10 et son intervalle à 95 %."
        ),
    ),
)
@click.option("--community", "slug", metavar="SLUG", help=_("Une seule communauté, par son identifiant."))
@click.option("--lexical-only", is_flag=True, help=_("Les mots seuls : ne calculer aucun vecteur."))
@click.option("--json", "as_json", is_flag=True, help=_("Une liste JSON, un objet par communauté."))
def command(slug: str | None, lexical_only: bool, as_json: bool) -> None:
    with setting.database():
        reports = [_measured(name, lexical_only) for name in _communities(slug)]
    if as_json:
        click.echo(json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=2))
        return
    for report in reports:
        _tell(report.as_json())


def _communities(slug: str | None) -> list[str]:
    from passeur.conversations.queries import links
    from passeur.project import migrating

    migrating.require_done()
    known = list(links.communities_with_questions())
    if slug is not None and slug not in known:
        raise NoSuchCommunity(slug, known)
    return known if slug is None else [slug]


def _measured(slug: str, lexical_only: bool) -> SimilarReport:
    from passeur.conversations.services import similarity_evaluation

    done: dict[str, int] = {}
    with bar() as show:

        def on_step(name: str, steps: int) -> None:
            done[name] = done.get(name, 0) + 1
            show(f"{slug} · {name}", done[name] / steps)

        return similarity_evaluation.evaluate(slug, lexical_only=lexical_only, on_step=on_step)


def _tell(report: dict[str, Any]) -> None:
    click.echo(report["community"])
    if not report["adapters"]:
        click.echo(_("  Aucun lien entre questions : rien à mesurer."))
    width = max(map(len, report["adapters"]), default=0)
    for name, kinds in report["adapters"].items():
        for kind, told in kinds.items():
            if "n" in told:
                low, high = told["mrr@10 interval"]
                click.echo(
                    f"  {name:{width}}  {kind:9}  n={told['n']:<4} hit@5 {told['hit@5']:.3f}  "
                    f"hit@10 {told['hit@10']:.3f}  MRR@10 {told['mrr@10']:.3f} [{low:.3f}, {high:.3f}]"
                )
        if gain := kinds.get("gain over lexical"):
            low, high = gain["interval"]
            click.echo(
                _("  {name}  MRR@10 par rapport à lexical : {gain} [{low}, {high}]").format(
                    name=f"{name:{width}}",
                    gain=f"{gain['mrr@10']:+.3f}",
                    low=f"{low:+.3f}",
                    high=f"{high:+.3f}",
                )
            )
    for sentence in report["missing"]:
        click.echo(f"  {sentence}")
