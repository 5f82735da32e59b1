"""*Network*: how many stand alone, how much goes both ways, how open teams are. Nobody by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.network import Openness
from passeur.communities import policies as communities
from passeur.communities.choices import Role
from passeur.engagement import queries as engagement
from passeur.engagement.queries import OTHERS, Linked, NetworkFigures, Withheld
from passeur.foundation import dates
from passeur.foundation.charts import (
    Cell,
    Drawable,
    Lines,
    Point,
    Series,
    Unit,
    Web,
    Whisk,
    Whisks,
    as_said,
    say,
)

from ..protocols import Board, Definition, Page, Slice, Tile, register
from . import bases, holding, measures
from .definitions import people
from .facts import sight_of
from .measures import Measure


def board(part: Slice) -> Board:
    """The page. Ten queries at most, whatever is in it."""
    if part.theme is not None:
        note = _("Les liens ne se comptent pas par thème : choisissez « Tous les thèmes » pour les voir.")
        return Board(note, (), ())
    sight = replace(sight_of(part), team="")
    now = engagement.network(sight)
    if now is None:
        return Board("", (), (), is_empty=True)
    if isinstance(now, Withheld):
        return Board(_("Trop peu de personnes pour dire comment elles sont liées."), (), ())
    if part.team:
        note = _(
            "D’une équipe se dit comme elle est ouverte aux autres : le reste est de la communauté entière."
        )
        of_team = {name: figure for name, figure in now.openness.items() if name == part.team}
        return Board(note, (), (_teams(of_team),) if of_team else (), notes=_notes(now))
    before = engagement.network(engagement.previous(sight))
    is_older = isinstance(before, NetworkFigures) and before.day < now.day
    made = _tiles(now, before if is_older and isinstance(before, NetworkFigures) else None)
    blocks = engagement.network_by_block(sight)
    charts: list[Drawable] = [_by_block(blocks)] if len(blocks) > 1 else []
    if now.openness:
        charts.append(_teams(now.openness))
    charts += [drawn for kind in ("team", "site") if (drawn := _map(engagement.linked(sight, kind), kind))]
    said = " ".join(filter(None, [measures.sentence(made, part.period.weeks), holding.meaning(now.holding)]))
    made += holding.tiles(now.holding)
    return Board(said, made, tuple(charts), notes=_notes(now), moves=_moves(part))


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """No tile has one: it would be a list of people."""
    return None


register(
    Page(
        "network",
        gettext_lazy("Réseau"),
        gettext_lazy("Qui est relié, et qui reste seul ?"),
        board,
        listed,
        gettext_lazy(
            "Aucun lien n’est encore compté ici. Ils le sont à la fin de chaque bloc de quatre semaines, et "
            "gardés un an : les premiers viendront à la fin du bloc. D’une période plus ancienne, il n’y en "
            "a plus."
        ),
        order=50,
        widens=False,
    )
)


def _tiles(now: NetworkFigures, before: NetworkFigures | None) -> tuple[Tile, ...]:
    no_names = _("Une liste de personnes ne se montre pas ici : qui anime la trouve à son bureau.")
    pairs = _("Compté par paires de personnes, sans liste.")
    made = [
        _measure(
            people.ISOLATED,
            now.isolated,
            before.isolated if before else None,
            _("Plus de membres sont sans aucun lien."),
            _("Moins de membres sont sans aucun lien."),
            no_names,
        ),
        _measure(
            people.UNHEARD,
            now.unheard,
            before.unheard if before else None,
            _("Plus de membres répondent sans recevoir de réponse."),
            _("Moins de membres répondent sans recevoir de réponse."),
            no_names,
        ),
        _measure(
            people.ONE_TIE,
            now.one_tie,
            before.one_tie if before else None,
            _("Plus de membres ne tiennent qu’à un seul lien."),
            _("Moins de membres ne tiennent qu’à un seul lien."),
            no_names,
        ),
        _measure(
            people.RECIPROCITY,
            now.reciprocity,
            before.reciprocity if before else None,
            _("On se répond davantage dans les deux sens."),
            _("On se répond moins dans les deux sens."),
            pairs,
            said=bases.pairs,
            more_is_better=True,
        ),
    ]
    return measures.tiles(made)


def _measure(
    about: Definition,
    after: Share | Withheld,
    before: Share | Withheld | None,
    rises: str,
    falls: str,
    why_no_list: str,
    *,
    said: Callable[[Share], str] = bases.members,
    more_is_better: bool = False,
) -> Measure:
    shown = after if isinstance(after, Share) else None
    return Measure(
        about,
        Unit.SHARE,
        shown,
        before if shown is not None and isinstance(before, Share) else None,
        said(shown) if shown is not None else "",
        rises,
        falls,
        more_is_better=more_is_better,
        has_list=False,
        why_no_list=why_no_list,
    )


def _by_block(blocks: Sequence[NetworkFigures]) -> Drawable:
    return Lines(
        "isolement",
        _("Reste-t-on moins seul qu’avant ?"),
        _("Part des membres sans aucun lien en 90 jours, toutes les quatre semaines sur un an."),
        Unit.SHARE,
        _("Jusqu’au"),
        tuple(dates.day_in_short(one.day) for one in blocks),
        (
            Series(_("Sans aucun lien"), tuple(_point(one.isolated) for one in blocks)),
            Series(_("Un seul lien"), tuple(_point(one.one_tie) for one in blocks)),
        ),
        note=_("Chaque point compte les 90 jours d’avant, à cinq personnes près. Plus bas, c’est mieux."),
    )


def _point(figure: Share | Withheld) -> Point:
    if not isinstance(figure, Share) or figure.value is None:
        return Point(None, words=measures.withheld_words())
    bounds = figure.interval()
    return Point(figure.value, bounds.low, bounds.high)


def _teams(openness: dict[str, Openness | Withheld]) -> Drawable:
    """A team a row; those of which nothing may be said are named together, and do not crowd the others."""
    shown = [_team(name, figure) for name, figure in openness.items() if not isinstance(figure, Withheld)]
    small = ", ".join(name for name, figure in openness.items() if isinstance(figure, Withheld))
    note = str(people.OPENNESS.text)
    if shown and small:
        note += " " + _("Ne sont pas montrées : %(teams)s.") % {"teams": small}
    if not shown:
        shown = [Whisk(small, Point(None, words=measures.withheld_words()), (Cell("–"), Cell("–")))]
    return Whisks(
        "equipes",
        _("Les équipes sont-elles ouvertes aux autres ?"),
        _("Part des liens de chaque équipe qui vont vers une autre équipe."),
        Unit.SHARE,
        _("Équipe"),
        _("Vers d’autres équipes"),
        tuple(shown),
        (str(people.OPENNESS.name), _("Liens")),
        note=note,
        most=1.0,
    )


def _team(name: str, figure: Openness) -> Whisk:
    outside = Share(figure.external, figure.external + figure.internal)
    value = figure.value or 0.0
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return Whisk(
        name,
        _point(outside),
        (
            Cell(sign + say(abs(value), Unit.RATIO), as_said(value, Unit.RATIO)),
            Cell(say(outside.of, Unit.COUNT), outside.of),
        ),
    )


def _map(linked: Linked | None, kind: str) -> Drawable | None:
    """The groups and what ties them, as a picture with its table; nobody stands in it."""
    if linked is None:
        return None
    names = tuple(name if name != OTHERS else _("Autres, ensemble") for name in linked.names)
    words = {
        "team": (_("Quelles équipes sont reliées entre elles ?"), _("Équipe")),
        "site": (_("Quels sites sont reliés entre eux ?"), _("Site")),
    }
    title, axis = words[kind]
    return Web(
        "carte-equipes" if kind == "team" else "carte-sites",
        title,
        _strongest(linked, names),
        axis,
        names,
        tuple(tuple(float(pairs) for pairs in row) for row in linked.pairs),
        (str(people.OPENNESS.name),),
        tuple((_index(linked.openness(place)),) for place in range(len(names))),
        note=_(
            "Paires de personnes reliées en 90 jours, arrondies à cinq près : un trait plus large, plus de "
            "paires ; un point plus grand, plus de paires à l’intérieur. Les groupes trop petits sont "
            "réunis, et personne n’est dessiné."
        ),
    )


def _strongest(linked: Linked, names: tuple[str, ...]) -> str:
    """The picture in a sentence: the two that are tied most, and how many are tied to no other."""
    across = [(linked.pairs[i][j], i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    most, i, j = max(across, key=lambda one: one[0])
    if not most:
        return _("Aucun groupe n’est relié à un autre par assez de paires pour être dit.")
    return _("Le lien le plus fort est entre %(one)s et %(other)s : %(n)s paires.") % {
        "one": names[i],
        "other": names[j],
        "n": say(most, Unit.COUNT),
    }


def _index(openness: Openness) -> Cell:
    value = openness.value
    if value is None:
        return Cell("–")
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return Cell(sign + say(abs(value), Unit.RATIO), as_said(value, Unit.RATIO))


def _notes(now: NetworkFigures) -> tuple[str, ...]:
    shares = (now.isolated, now.unheard, now.one_tie)
    found = [
        _(
            "Les liens sont ceux des 90 jours qui finissent le %(day)s, dernier jour d’un bloc de quatre "
            "semaines. Personnes et paires se comptent à cinq près, pour qu’une venue ou un départ ne se "
            "lise pas dans l’écart de deux dates."
        )
        % {"day": dates.day_and_month(now.day)}
    ]
    if any(isinstance(one, Withheld) for one in shares):
        found.append(
            _("Une part qui vaudrait pour presque chacun, ou presque personne, n’est pas montrée non plus.")
        )
    return tuple(found)


def _moves(part: Slice) -> tuple[tuple[str, str], ...]:
    """To the desk, where those who animate find whom they could help."""
    standings = communities.standings(part.member)
    here = [standings.get(one.pk) for one in part.communities]
    if not any(one is not None and one.role == Role.LCM for one in here):
        return ()
    return ((_("Voir à qui tendre la main, à votre bureau"), reverse("desk:today")),)
