"""What the skills room holds about a person: what they say they can help with, and what they follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out

from . import policies
from .models import DeclaredSkill, Interest, Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class StatedThemes(PersonalData):
    """Skills that a person states, and themes they follow."""

    order = 30
    covers = {
        "declaredskill.member": "deleted",
        "interest.member": "deleted",
        "theme.description": "the name is taken out",
    }

    def known(self, member: Member) -> Iterable[Known]:
        moves = (Move(_("Corriger"), reverse("skills:mine")),)
        everybody = _("Les membres de vos communautés")
        while_kept = _("Tant que vous le gardez")
        if stated := self._names(DeclaredSkill, member):
            yield Known(
                _("Vous dites pouvoir aider sur : %(themes)s") % {"themes": ", ".join(stated)},
                _("Vous adresser les bonnes questions"),
                everybody,
                while_kept,
                moves,
            )
        if followed := self._names(Interest, member):
            yield Known(
                _("Vous suivez : %(themes)s") % {"themes": ", ".join(followed)},
                _("Choisir ce qui vous est montré"),
                everybody,
                while_kept,
                moves,
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        return {
            "can_help_with": self._places(DeclaredSkill, member),
            "follows": self._places(Interest, member),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("ce que vous dites savoir, et les thèmes que vous suivez"),))

    def erase(self, member: Member, traces: Traces) -> None:
        DeclaredSkill.objects.filter(member=member).delete()
        Interest.objects.filter(member=member).delete()
        take_out(Theme.objects.all(), "description", traces=traces)

    def _names(self, model: type[DeclaredSkill | Interest], member: Member) -> list[str]:
        seen = policies.visible_to(member, "theme__")
        rows = model._default_manager.filter(seen, member=member, theme__merged_into=None)
        return list(rows.order_by("theme__folded").values_list("theme__name", flat=True))

    def _places(self, model: type[DeclaredSkill | Interest], member: Member) -> list[dict[str, str]]:
        rows = model._default_manager.filter(policies.visible_to(member, "theme__"), member=member)
        return [
            {"theme": theme, "community": community}
            for theme, community in rows.order_by("theme__folded", "pk").values_list(
                "theme__name", "theme__community__slug"
            )
        ]
