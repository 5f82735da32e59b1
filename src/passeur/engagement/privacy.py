"""What roll-ups hold of a person: numbers without a name, which go when they go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from passeur.accounts.protocols import Choice, Fate, Known, PersonalData, Traces, holds_personal_data

from . import queries
from .queries.company import may_see_company
from .services import company, erasing

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json

COMPANY = "engagement.company"


@holds_personal_data
class CountedActivity(PersonalData):
    """Counts of what one did, by day and subject: figures about groups are made of them."""

    order = 66
    covers = {
        "actor.member": "deleted with the actor",
        "companysilence.member": "deleted",
        "population.bits": "the person's bit is cleared",
        "population.team": "the name of a team; its groups are made without the person from then on",
        "place.scopes": "numbers of communities and themes",
        "word.iri": "a verb or a type of activity",
        "presence.taking_part": "made again without the person",
        "presence.starting": "made again without the person",
        "exchange.themes": "numbers of themes",
        "exchange.kind": "a kind of exchange",
        "exchange.state": "a state",
        "lasting.themes": "numbers of themes",
        "lasting.cells": "counts; the author's is taken out",
        "fourweeks.bits": "the person's bit is cleared",
        "fourweeks.team": "the name of a team; what was told of it stays a count",
        "toldblock.bits": "the person's bit is cleared",
        "toldblock.runs": "weeks",
        "toldblock.themes": "numbers of themes",
        "toldblock.welcoming": "numbers of themes",
        "toldblock.kinds": "kinds of exchanges",
        "toldblock.teams": "names of teams",
        "toldpart.bits": "the person's bit is cleared",
        "toldpart.asking": "weeks",
        "toldpart.others": "weeks",
        "toldpart.lengths": "kinds of lengths",
        "toldpart.days": "days of the week",
        "toldpart.hours": "parts of the day",
        "toldpart.channels": "numbers of channels",
        "network.links": "counts by the names of teams and sites; of blocks to come, made without the person",
        "network.teams": "counts by the name of a team; of days to come, made without the person",
        "teamreplies.team": "the name of a team; of blocks to come, counted without the person",
        "reached.milestone": "a kind of step",
        "responseday.kind": "a kind of exchange",
        "responseday.served": "counts",
        "responseday.left": "counts",
        "responseday.waiting": "counts",
        "responseday.hours": "counts",
        "responseday.askers": "made again without the person",
        "responseday.beside": "made again without the person",
        "responseday.exchanges": "made again without the person",
        "responseday.their_themes": "numbers of themes",
        "responseweek.kind": "a kind of exchange",
        "responseweek.askers": "made again without the person",
        "responseweek.beside": "made again without the person",
        "responseweek.exchanges": "made again without the person",
        "responseweek.their_themes": "numbers of themes",
        "responseweek.cells": "counts",
        "teamday.team": "the name of a team",
        "teamday.kind": "a kind of exchange",
        "teamday.served": "counts",
        "teamday.left": "counts",
        "teamday.waiting": "counts",
        "teamday.hours": "counts",
        "teamday.askers": "made again without the person",
    }

    def known(self, member: Member) -> Iterable[Known]:
        if queries.is_counted(member):
            yield Known(
                _("Combien de fois vous avez pris part, par jour et par sujet, sans les mots"),
                _("Des chiffres sur des groupes d’au moins cinq personnes, jamais sur quelqu’un"),
                _("Personne : seuls les chiffres de groupes se lisent"),
                _("Tant que vous avez un compte"),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        return {
            "counted": queries.counted(member),
            "company_may_be_seen": may_see_company(member),
        }

    def choices(self, member: Member) -> Iterable[Choice]:
        yield Choice(
            COMPANY,
            _("Me mettre en lien si personne n’échange avec moi"),
            _(
                "Quand vous venez d’arriver, que personne ne vous répond ou que vous n’écrivez plus, qui "
                "anime vos communautés peut vous écrire ou vous présenter quelqu’un. Sans cela, personne ne "
                "le voit."
            ),
            may_see_company(member),
        )

    def choose(self, member: Member, key: str, *, on: bool) -> bool:
        if key != COMPANY:
            return False
        company.let_see(on=on, by=member)
        return True

    def fate(self, member: Member) -> Fate:
        if not queries.is_counted(member):
            return Fate()
        return Fate(goes=(_("le décompte de votre activité : les chiffres des groupes se refont sans vous"),))

    def erase(self, member: Member, traces: Traces) -> None:
        erasing.erase(member)
