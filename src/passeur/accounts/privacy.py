"""What the accounts room holds about a person: the account itself, its preferences and its ways in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from . import queries, services
from .models import Member, Merge
from .protocols import Choice, Fate, Known, Move, PersonalData, Traces, holds_personal_data
from .services.erasing import blank

if TYPE_CHECKING:
    from .protocols import Json


@holds_personal_data
class Account(PersonalData):
    """The account. Erased last: the other rooms need its name to find it."""

    order = 0
    covers = {
        "member.email": "emptied",
        "member.name": "« Membre parti »",
        "member.handle": "emptied",
        "member.job": "emptied",
        "member.team": "emptied",
        "member.site": "emptied",
        "member.bio": "emptied; in others' the name is taken out",
        "member.password": "unusable",
        "member.time_zone": "as for everybody at first",
        "member.merged_into": "kept between two members without names",
        "member.groups": "not used",
        "member.user_permissions": "not used",
        "merge.source": "deleted",
        "merge.target": "deleted",
        "merge.decided_by": "kept, without a name",
        "merge.undone_by": "kept, without a name",
        "merge.proof": "deleted; elsewhere the name is taken out",
        "mergemove.model": "the name of a table",
        "mergemove.field": "the name of a column",
        "mergemove.rows": "deleted with the merge",
        "opensession.member": "deleted",
        "opensession.session_key": "deleted, and the session with it",
        "opensession.device": "deleted",
        "erasure.member": "kept: that a member without a name was erased, and when",
        "erasure.asked_by": "kept: oneself, or an administrator",
        "emailaddress.user": "deleted",
        "emailaddress.email": "deleted",
        "authenticator.user": "deleted",
        "authenticator.data": "deleted",
    }

    def known(self, member: Member) -> Iterable[Known]:
        account = queries.known_account(member)
        while_open = _("Tant que vous avez un compte")
        yield Known(
            _("Votre nom et votre profil"),
            _("Savoir à qui l’on parle"),
            _("Les membres de vos communautés"),
            _("Vous décidez"),
            (Move(_("Corriger"), reverse("accounts:edit_profile")),),
            (", ".join(part for part in (member.name, member.job, member.team, member.site) if part),),
        )
        yield Known(
            _("Votre adresse électronique"),
            _("Vous connecter et vous écrire"),
            _("Vous, et qui administre Passeur"),
            while_open,
            (Move(_("Changer"), reverse("accounts:address")),),
            (member.email or "",),
        )
        yield Known(
            _("Vos préférences : langue, heure, apparence, demandes"),
            _("Que Passeur vous convienne"),
            _("Vous et personne d’autre"),
            while_open,
            (Move(_("Corriger"), reverse("accounts:preferences")),),
        )
        yield Known(
            _("Où vous êtes connecté : %(n)s, et vos clés d’accès : %(keys)s")
            % {"n": account.sessions, "keys": account.factors},
            _("Que personne n’entre à votre place"),
            _("Vous et personne d’autre"),
            _("Jusqu’à la déconnexion"),
            (Move(_("Voir"), reverse("accounts:security")),),
            (_("Quand vous êtes venu la dernière fois n’est pas retenu."),),
        )

    def choices(self, member: Member) -> Iterable[Choice]:
        yield Choice(
            "receives_questions",
            _("Recevoir des questions où je peux aider"),
            _("%(n)s par semaine au plus. Vous pouvez décliner chaque demande, sans vous justifier.")
            % {"n": member.weekly_cap},
            member.receives_questions,
        )
        yield Choice(
            "introducible",
            _("Être proposé pour une présentation"),
            _("Vous dites oui chaque fois."),
            member.introducible,
        )

    def choose(self, member: Member, key: str, *, on: bool) -> bool:
        if key not in {choice.key for choice in self.choices(member)}:
            return False
        services.choose(member=member, by=member, **{key: on})
        return True

    def export(self, member: Member) -> Mapping[str, Json]:
        return {
            "account": {
                "id": member.pk,
                "name": member.name,
                "address": member.email,
                "handle": member.handle,
                "job": member.job,
                "team": member.team,
                "site": member.site,
                "bio": member.bio,
                "joined_at": member.joined_at,
                "is_administrator": member.is_administrator,
            },
            "preferences": {
                "language": member.language,
                "time_zone": member.time_zone,
                "appearance": member.appearance,
                "shortcuts": member.shortcuts,
                "receives_questions": member.receives_questions,
                "weekly_cap": member.weekly_cap,
                "paused_until": member.paused_until,
                "introducible": member.introducible,
            },
            "sessions": [
                {"opened_at": session.opened_at, "device": session.device}
                for session in queries.open_sessions(member)
            ],
            "ways_in": [
                {"kind": factor.type, "name": factor.name, "added_at": factor.added_at}
                for factor in queries.factors(member)
            ],
            "imported_accounts": [
                {"name": merge.source.name, "decided_at": merge.decided_at, "proof": merge.proof}
                for merge in queries.standing_merges(member)
            ],
        }

    def fate(self, member: Member) -> Fate:
        return Fate(
            goes=(
                _("votre nom, votre adresse, votre profil et vos préférences"),
                _("vos sessions, vos clés d’accès et vos codes"),
            ),
            stays=(_("qu’un compte a été effacé, et quel jour"),),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        services.take_out(Member.objects.exclude(bio=""), "bio", traces=traces)
        services.take_out(Merge.objects.all(), "proof", traces=traces)
        services.forget_jobs(traces)
        blank(member)
