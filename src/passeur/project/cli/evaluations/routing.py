"""`passeur evaluate routing`: would the people proposed have been those who answered?"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from passeur.foundation.terminal import gettext as _
from passeur.foundation.terminal import ngettext
from passeur.project.cli import setting
from passeur.project.cli.evaluations.similar import NoSuchCommunity
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar

FEW = 50
"""Fewer test questions say too little."""


@click.command(
    "routing",
    short_help=_("Mesurer le choix des personnes à solliciter."),
    help=page(
        _("Mesurer, sur leur passé, si les personnes proposées sont celles qui ont répondu."),
        _(
            "Le passé est rejoué jour après jour : rien de ce qui suit un échange n’est vu, les poids "
            "sont appris de ce qui précède. Un échange est une question ou une discussion. Ceux du test "
            "viennent après les 80 premiers centièmes des réponses ; n compte ceux où une personne déjà "
            "connue a répondu, la part les rapporte à tous. Le résultat est gardé et dit dans les pages à "
            "qui peut solliciter, sauf avec --since ou une autre --load-cap."
        ),
        examples=[
            ("passeur evaluate routing", _("toutes les communautés qui ont des questions")),
            (
                "passeur evaluate routing --community biere --since 2024-01-01",
                _("une seule, depuis une date"),
            ),
            ("passeur evaluate routing --json > mise-en-relation.json", _("tout, avec les intervalles")),
        ],
        prints=_(
            "hit@1, hit@5 et MRR@10 pour qui a répondu, pour la réponse acceptée (ou la première) et sans "
            "les dix personnes les plus actives ; la plus grande part de listes d’une même personne, le "
            "Gini de la charge ; autant pour trois méthodes simples, avec l’intervalle à 95 % des "
            "différences."
        ),
    ),
)
@click.option("--community", "slug", metavar="SLUG", help=_("Une seule communauté, par son identifiant."))
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help=_("Tester les questions posées depuis ce jour (UTC).")
)
@click.option(
    "--load-cap",
    type=click.FloatRange(0.05, 1.0),
    default=0.4,
    show_default=True,
    help=_("La plus grande part des listes où une même personne peut être."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Une liste JSON, un objet par communauté."))
def command(slug: str | None, since: dt.datetime | None, load_cap: float, as_json: bool) -> None:
    with setting.database():
        reports = _measured(slug, since.replace(tzinfo=dt.UTC) if since else None, load_cap)
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=2))
        return
    for report in reports:
        _tell(report)
    if not reports:
        click.echo(_("Aucune communauté n’a de questions : rien à mesurer."))


def _measured(slug: str | None, since: dt.datetime | None, load_cap: float) -> list[dict[str, Any]]:
    from passeur.conversations.queries import links
    from passeur.expertise import services
    from passeur.project import migrating

    migrating.require_done()
    known = links.communities_with_questions()
    if slug is not None and slug not in known:
        raise NoSuchCommunity(slug, list(known))
    wanted = known if slug is None else {slug: known[slug]}
    reports = []
    with bar() as show:
        for done, (name, key) in enumerate(wanted.items()):
            show(name, done / len(wanted))
            reports.append(services.measure(key, since=since, max_share=load_cap).as_json())
            show(name, (done + 1) / len(wanted))
    return reports


def _tell(report: dict[str, Any]) -> None:
    n = report["n"]
    click.echo(
        ngettext(
            "{community} : {n} échange de test, {share:.0%} de tous ceux du test",
            "{community} : {n} échanges de test, {share:.0%} de tous ceux du test",
            n,
        ).format(community=report["community"], n=n, share=report["share"])
    )
    if not n:
        click.echo(_("  Personne de connu n’a répondu dans un échange du test : rien à mesurer."))
        return
    if n < FEW:
        click.echo(_("  Trop peu d’échanges pour trancher : lisez ces chiffres avec prudence."))
    of_whom = f"{_('qui a répondu'):>21}{_('acceptée'):>21}{_('sans les dix'):>21}"
    click.echo(f"  {'':22}{of_whom}{_('part'):>7}{'Gini':>6}")
    click.echo(f"  {'':22}" + f"{'hit@1 hit@5 MRR@10':>21}" * 3)
    for name, method in {"routing": report["routing"], **report["baselines"]}.items():
        figures = "".join(_three(method[of]) for of in ("any", "accepted", "without_busiest"))
        click.echo(f"  {name:22}{figures}{method['max_share']:>7.0%}{method['gini']:>6.2f}")
    for name, figures in report["intervals"].items():
        told = ", ".join(
            f"{figure} {i['difference']:+.3f} [{i['low']:+.3f}, {i['high']:+.3f}]"
            for figure, i in figures.items()
        )
        click.echo(_("  routing − {name} : {told}").format(name=name, told=told))
    capped = report["load_cap"]
    click.echo(
        _(
            "  Charge partagée (personne dans plus de {cap:.0%} des listes) : plus grande part {share:.0%}, "
            "hit@5 {hit:.3f}, soit {cost:+.3f}, Gini {gini:.2f}"
        ).format(
            cap=capped["cap"],
            share=capped["max_share"],
            hit=capped["hit@5"],
            cost=-capped["cost"],
            gini=capped["gini"],
        )
    )


def _three(scores: dict[str, float]) -> str:
    return f"{scores['hit@1']:>9.3f}{scores['hit@5']:>6.3f}{scores['mrr@10']:>6.3f}"
