"""What notifications hold about a person: what they were told, how they want to be told, mail on its way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Traces, holds_personal_data

from .models import Choice, Letter, Notice, Wishes

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Notifications(PersonalData):
    """Numbers only: what a notice says is made from the things themselves when it is shown."""

    order = 60
    covers = {
        "notice.member": "deleted",
        "notice.kind": "deleted with the notice",
        "notice.subject": "deleted with the notice",
        "notice.happened": "deleted with the notice",
        "notice.unread": "deleted with the notice",
        "notice.unmailed": "deleted with the notice",
        "wishes.member": "deleted",
        "wishes.returned_address": "deleted",
        "wishes.held_address": "deleted",
        "choice.member": "deleted",
        "choice.kind": "deleted with the choice",
        "letter.member": "deleted, also what has not left yet",
        "letter.serial": "deleted with the letter",
        "letter.address": "deleted with the letter",
        "letter.trouble": "deleted with the letter",
        "letter.parts": "deleted with the letter",
    }

    def known(self, member: Member) -> Iterable[Known]:
        count = Notice.objects.filter(member=member).count()
        if count:
            yield Known(
                ngettext("%(n)s notification gardée", "%(n)s notifications gardées", count) % {"n": count},
                _("Vous dire ce qui vous est adressé"),
                _("Vous seulement"),
                _("Six mois"),
                (Move(_("Voir"), reverse("notifications:list")),),
                (_("Rien ne dit quand vous les avez ouvertes."),),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        wishes = Wishes.objects.filter(member=member).first() or Wishes(member=member)
        notices = Notice.objects.filter(member=member).order_by("pk")
        letters = Letter.objects.filter(member=member).order_by("pk")
        return {
            "notification_wishes": {
                "quiet_from": wishes.quiet_from.isoformat("minutes"),
                "quiet_until": wishes.quiet_until.isoformat("minutes"),
                "quiet_weekend": wishes.quiet_weekend,
                "daily_cap": wishes.daily_cap,
                "digest": wishes.rhythm,
                "returned_address": wishes.returned_address,
                "held_address": wishes.held_address,
                "held_until": wishes.held_until,
                "kinds": dict(Choice.objects.filter(member=member).values_list("kind", "way")),
            },
            "notices": (
                {
                    "kind": notice.kind,
                    "about": notice.subject,
                    "first_at": notice.first_at,
                    "last_at": notice.last_at,
                    "new": notice.is_new,
                    "mailed_at": notice.mailed_at,
                }
                for notice in notices.iterator(chunk_size=500)
            ),
            "letters": (
                {
                    "sort": letter.sort,
                    "address": letter.address,
                    "made_at": letter.made_at,
                    "sent_at": letter.sent_at,
                    "state": letter.state,
                    "late_at": letter.late_at,
                }
                for letter in letters.iterator(chunk_size=500)
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("vos notifications, vos choix à leur sujet, les courriels qui attendent"),))

    def erase(self, member: Member, traces: Traces) -> None:
        for model in (Notice, Letter, Choice, Wishes):
            model._default_manager.filter(member=member).delete()
