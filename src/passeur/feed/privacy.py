"""What the feed holds about a person: their own gestures on it, and what was worked out for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.accounts.protocols import Choice, Fate, Known, Move, PersonalData, Traces, holds_personal_data
from passeur.conversations import policies as conversations
from passeur.foundation import dates

from . import queries, services
from .models import Less, Mark, Passed, Suggestion

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json

PERSONAL = "feed.personal"


@holds_personal_data
class FeedOfMine(PersonalData):
    """Nobody else reads any of it, managers neither."""

    order = 45
    covers = {
        "mark.member": "deleted",
        "less.member": "deleted",
        "passed.member": "deleted",
        "suggestion.member": "deleted",
    }

    def known(self, member: Member) -> Iterable[Known]:
        nobody, mark = _("Vous seul"), queries.mark_of(member)
        change = Move(_("Régler mon fil"), reverse("feed:settings"))
        if mark.seen_until is not None:
            yield Known(
                _("Vous avez fait le tour de votre fil : %(when)s") % {"when": dates.when(mark.seen_until)},
                _("Ne vous montrer que ce qui est nouveau depuis"),
                nobody,
                _("Jusqu’à la prochaine fois"),
            )
        for theme in queries.less_of(member):
            back = Move(
                _("Remettre dans mon fil"), reverse("feed:theme", args=[theme.pk, "more"]), posts=True
            )
            yield Known(
                _("Vous voulez moins de « %(theme)s »") % {"theme": theme.name},
                _("Laisser ce thème hors de votre fil"),
                nobody,
                _("Tant que vous ne le remettez pas"),
                moves=(back,),
            )
        near = list(
            Suggestion.objects.filter(conversations.visible_to(member, "near__"), member=member)
            .order_by("-made_at")
            .values_list("near__title", flat=True)[:20]
        )
        if near:
            yield Known(
                _("Des questions résolues sont proches des vôtres"),
                _("Vous montrer ce qui a aidé quelqu’un d’autre"),
                nobody,
                _("Deux mois"),
                moves=(change,),
                evidence=tuple(_("Votre question « %(title)s »") % {"title": title} for title in near),
                is_inferred=True,
            )

    def choices(self, member: Member) -> Iterable[Choice]:
        yield Choice(
            PERSONAL,
            _("Un fil qui propose ce qui peut m’aider"),
            _("Sans cela, votre fil est dans l’ordre du temps et ne perd rien."),
            queries.mark_of(member).is_personal,
        )

    def choose(self, member: Member, key: str, *, on: bool) -> bool:
        if key != PERSONAL:
            return False
        services.use_inferences(on=on, by=member)
        return True

    def export(self, member: Member) -> Mapping[str, Json]:
        mark = queries.mark_of(member)
        less = Less.objects.filter(member=member, theme__in=queries.less_of(member)).order_by("pk")
        passed = Passed.objects.filter(member=member).order_by("pk")
        suggested = Suggestion.objects.filter(member=member).order_by("pk")
        return {
            "seen_until": mark.seen_until.isoformat() if mark.seen_until else None,
            "personal": mark.is_personal,
            "less_of": [
                {"theme": name, "since": at.isoformat()}
                for name, at in less.values_list("theme__name", "created_at")
            ],
            "passed_over": [
                {"conversation": pk, "at": at.isoformat()}
                for pk, at in passed.values_list("conversation_id", "created_at")
            ],
            "suggested": [
                {"conversation": pk, "near_your_question": near, "at": at.isoformat()}
                for pk, near, at in suggested.values_list("conversation_id", "near_id", "made_at")
            ],
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("les réglages de votre fil, et ce qui y était déduit pour vous"),))

    def erase(self, member: Member, traces: Traces) -> None:
        for kind in (Mark, Less, Passed, Suggestion):
            kind._default_manager.filter(member=member).delete()
