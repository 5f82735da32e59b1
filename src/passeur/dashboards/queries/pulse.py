"""*Community pulse*: who takes part, how steadily, and whether those who come find somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.algorithms.measures.estimates import LEVEL, Estimate, Interval, Share
from passeur.algorithms.measures.rates import Rate, bursts_of
from passeur.engagement import queries as engagement
from passeur.engagement.queries import DayCount, Withheld
from passeur.engagement.queries.slices import BLOCK, DAY, blocks_of
from passeur.engagement.queries.then import YEAR
from passeur.foundation import dates
from passeur.foundation.charts import Bars, Drawable, Lines, Point, Series, Unit, Whisk, Whisks, say

from ..protocols import Board, Definition, Page, Slice, Tile, register
from . import bases, by_block, measures, replies, response
from .definitions import people
from .facts import facts, is_of_one_block, sight_of, untold
from .measures import Figures, Measure

FROM_RESPONSE = ("first-reply", "within-goal", "newcomers")
"""Figures of *Response* that stand here too, with their lists."""


def board(part: Slice) -> Board:
    """The page. Twenty-seven queries at most, whatever is in it."""
    sight = sight_of(part)
    before = engagement.previous(sight)
    since = min(before.first, sight.last - DAY * YEAR) - DAY * BLOCK
    with engagement.read_once((since, sight.last)):
        return _board(part, sight, before)


def _board(part: Slice, sight: engagement.Slice, before: engagement.Slice) -> Board:
    if part.team:
        return _of_team(part, sight, before)
    days, past_days = engagement.activity_by_day(sight), engagement.activity_by_day(before)
    found = facts(part, asks=True)
    has_questions = not found.now.is_empty(asks=True)
    if not has_questions and not (isinstance(days, list) and any(day.count for day in days)):
        return Board("", (), (), is_empty=True)
    about_questions = replies.measures_of(*response.asked(found)) if has_questions else []
    asked = [one for one in about_questions if one.key in FROM_RESPONSE]
    taking, written = measures_from(_shares(sight, before) | _rates(part, days, past_days))
    made = measures.tiles([taking, *_living(sight, before), written, *asked])
    made = (made[0], _stickiness(sight), *made[1:])
    charts = [
        *_by_week(part, days, past_days),
        *_over_a_year(sight),
        *by_block.milestones(sight),
        *_teams(part, sight),
    ]
    return Board(measures.sentence(made, part.period.weeks), made, tuple(charts))


def _of_team(part: Slice, sight: engagement.Slice, before: engagement.Slice) -> Board:
    """Who takes part of a team, and what became of its questions: the rest is only told of the whole."""
    found = facts(part, asks=True)
    asked = [
        one
        for one in replies.measures_of(*response.asked(found))
        if one.key in ("first-reply", "within-goal")
    ]
    made = measures.tiles([_participation(_shares(sight, before)), *asked])
    note = _(
        "D’une équipe se disent la participation et le sort de ses questions. Assiduité, rythme et messages "
        "sont ceux de la communauté entière : choisissez « Toutes les équipes » pour les voir."
    )
    return Board(
        measures.sentence(made, part.period.weeks),
        made,
        (),
        notes=(note, *untold(found.now.questions(), part)),
    )


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The questions behind the figures about replies; the others count people, who are not listed."""
    return response.listed(part, tile) if tile in FROM_RESPONSE else None


register(
    Page(
        "pulse",
        gettext_lazy("Pouls"),
        gettext_lazy("Le pouls de la communauté"),
        board,
        listed,
        gettext_lazy(
            "Personne n’a écrit dans cette période. Élargissez-la, ou lancez un échange pour donner envie "
            "d’écrire."
        ),
        order=10,
    )
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A share of people counted again in each of so many blocks.

    They are no new people: it is as sure as one block of them, and no surer.
    """

    share: Share
    blocks: int

    @property
    def value(self) -> float | None:
        return self.share.value

    def interval(self, level: float = LEVEL) -> Interval:
        once = Share(round(self.share.count / self.blocks), round(self.share.of / self.blocks))
        found = once.interval(level)
        if self.value is None:
            return found
        return Interval(min(found.low, self.value), max(found.high, self.value))


def _shown(figure: Share | Withheld | None) -> Share | None:
    return None if isinstance(figure, Withheld) else figure


def taking_part(part: Slice) -> Figures:
    """The estimates of who takes part, and of how much is written. Ten queries at most."""
    sight = sight_of(part)
    before = engagement.previous(sight)
    days, past_days = engagement.activity_by_day(sight), engagement.activity_by_day(before)
    return _shares(sight, before) | _rates(part, days, past_days)


def measures_from(figures: Figures) -> list[Measure]:
    """Who takes part, and how much is written, of estimates that were counted now or kept."""
    return [_participation(figures), _activity(figures)]


def _shares(sight: engagement.Slice, before: engagement.Slice) -> Figures:
    """Who takes part: a share of each block of the period, and of the one before."""
    return Figures(_share_of(sight), {} if is_of_one_block(sight, before) else _share_of(before))


def _share_of(sight: engagement.Slice) -> dict[str, Estimate]:
    share, blocks = engagement.participation(sight), len(blocks_of(sight))
    if isinstance(share, Withheld):
        return {}
    return {people.PARTICIPATION.key: Repeated(share, blocks) if blocks > 1 else share}


def _participation(figures: Figures) -> Measure:
    after, before = (one.get(people.PARTICIPATION.key) for one in (figures.after, figures.before))
    share, blocks = (after.share, after.blocks) if isinstance(after, Repeated) else (after, 1)
    return Measure(
        people.PARTICIPATION,
        Unit.SHARE,
        after,
        before,
        bases.members(share, blocks) if isinstance(share, Share) else "",
        _("Plus de monde participe."),
        _("Moins de monde participe."),
        has_list=False,
        why_no_list=_of_people(),
    )


def _of_people() -> str:
    return _("Ce chiffre est fait de personnes : nous n’en montrons pas la liste.")


def _living(sight: engagement.Slice, before: engagement.Slice) -> list[Measure]:
    health = engagement.health(sight)
    health_before = None if is_of_one_block(sight, before) else engagement.health(before)
    rhythm, rhythm_before = engagement.rhythm(sight), engagement.rhythm(before)
    made = [
        _share(
            people.HEALTH,
            health,
            health_before,
            bases.active_in_a_year,
            _("Davantage de membres actifs dans l’année le sont encore."),
            _("Moins de membres actifs dans l’année le sont encore."),
        ),
        _share(
            people.RHYTHM,
            rhythm,
            rhythm_before,
            partial(bases.weeks, communities=len(sight.communities)),
            _("Plus de semaines sont vivantes."),
            _("Moins de semaines sont vivantes."),
        ),
    ]
    return [replace(one, has_list=False, why_no_list=_of_people()) for one in made]


def _share(
    about: Definition,
    after: Share | Withheld,
    before: Share | Withheld | None,
    said: Callable[[Share], str],
    rises: str,
    falls: str,
) -> Measure:
    now, past = _shown(after), _shown(before)
    base = said(now) if now is not None else ""
    return Measure(about, Unit.SHARE, now, past, base, rises, falls)


def _stickiness(sight: engagement.Slice) -> Tile:
    """No interval is known for it, so it is never called a change."""
    found = engagement.stickiness(sight)
    if isinstance(found, Withheld):
        return measures.withheld_tile(people.STICKINESS, Unit.SHARE)
    return Tile.of(
        people.STICKINESS,
        Unit.SHARE,
        say(found, Unit.SHARE),
        value=found,
        base=_("des membres du mois, un jour donné"),
        why_no_list=_("Une moyenne de jours, sans liste."),
    )


def _rates(part: Slice, days: list[DayCount] | Withheld, before: list[DayCount] | Withheld) -> Figures:
    """How much is written a week, in the period and in the one before."""
    now, past = _counts(days), _counts(before)
    weeks, bursts = part.period.weeks, bursts_of(now or [], past or [])
    return Figures(
        {} if now is None else {people.ACTIVITY.key: Rate(sum(now), weeks, bursts)},
        {people.ACTIVITY.key: Rate(sum(past), weeks, bursts)} if past and sum(past) else {},
    )


def _activity(figures: Figures) -> Measure:
    after, before = (one.get(people.ACTIVITY.key) for one in (figures.after, figures.before))
    return Measure(
        people.ACTIVITY,
        Unit.COUNT,
        after,
        before,
        "",
        _("On écrit et on réagit plus."),
        _("On écrit et on réagit moins."),
        factor=after.exposure if isinstance(after, Rate) else 1.0,
        has_list=False,
        why_no_list=_("Des gestes de toute sorte : nous n’en gardons que le nombre par jour."),
    )


def _counts(days: list[DayCount] | Withheld) -> list[int] | None:
    return None if isinstance(days, Withheld) else [day.count for day in days]


def _by_week(
    part: Slice, days: list[DayCount] | Withheld, before: list[DayCount] | Withheld
) -> list[Drawable]:
    now, past = _counts(days), _counts(before)
    if now is None or not sum(now):
        return []
    series = [Series(_("Cette période"), _weeks(now))]
    if past and sum(past):
        series.append(Series(_("Période d’avant"), _weeks(past), is_reference=True))
    return [
        Bars(
            "activite",
            _("Messages et réactions, par semaine"),
            _("Messages et réactions chaque semaine ; le tableau qui suit donne chaque valeur."),
            Unit.COUNT,
            _("Semaine du"),
            tuple(dates.day_in_short(monday) for monday in part.period.mondays),
            tuple(series),
        )
    ]


def _over_a_year(sight: engagement.Slice) -> list[Drawable]:
    blocks = engagement.participation_by_block(sight)
    known = [number for number, (_begun, figure) in enumerate(blocks) if isinstance(figure, Share)]
    if len(known) < 2:
        return []
    shown = blocks[known[0] :]
    return [
        Lines(
            "participation",
            _("Participe-t-on plus qu’il y a un an ?"),
            _("Part des membres qui participent, par bloc de quatre semaines sur un an."),
            Unit.SHARE,
            _("Quatre semaines du"),
            tuple(dates.day_in_short(begun) for begun, _figure in shown),
            (Series(_("Participation"), tuple(_point(figure) for _begun, figure in shown)),),
            note=_(
                "Des blocs qui se suivent, jamais des fenêtres qui se recouvrent : de deux qui se "
                "recouvrent, on tirerait ce qu’une personne a fait."
            ),
        )
    ]


def _point(figure: Share | Withheld) -> Point:
    share = _shown(figure)
    if share is None:
        return Point(None, words=measures.withheld_words())
    bounds = share.interval()
    return Point(share.value, bounds.low, bounds.high)


def _weeks(days: Sequence[int]) -> tuple[Point, ...]:
    return tuple(Point(float(sum(days[start : start + 7]))) for start in range(0, len(days), 7))


def _teams(part: Slice, sight: engagement.Slice) -> list[Drawable]:
    if part.community is None or part.theme is not None:
        return []
    found = engagement.teams(sight)
    rows = [
        Whisk(one.team, _point(one.participation)) for one in found if _shown(one.participation) is not None
    ]
    if not rows:
        return []
    note = _(
        "Par ordre alphabétique, jamais un classement, sur des blocs entiers de quatre semaines. Une "
        "équipe trop petite, ou qu’on déduirait des autres, n’est pas montrée."
    )
    if small := ", ".join(one.team for one in found if _shown(one.participation) is None):
        note += " " + _("Ne sont pas montrées : %(teams)s.") % {"teams": small}
    return [
        Whisks(
            "equipes",
            _("Qui participe, par équipe ?"),
            _("Part des membres de chaque équipe qui participent, avec son intervalle."),
            Unit.SHARE,
            _("Équipe"),
            _("Participation"),
            tuple(rows),
            note=note,
            most=1.0,
        )
    ]
