"""Two themes that are one: the other's contents, words and address lead to the one that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..errors import OtherCommunity, WouldCircle
from ..models import DeclaredSkill, Interest, Synonym, Theme
from .themes import place

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def merge_themes(*, source: Theme, target: Theme, by: Member) -> None:
    """`source` becomes `target`: its sub-themes, synonyms, followers; rooms above bring the rest over."""
    require(policies.can_manage(by, source.community))
    if source.pk == target.pk:
        raise WouldCircle
    if source.community_id != target.community_id:
        raise OtherCommunity
    with transaction.atomic():
        locked = Theme.objects.select_for_update().in_bulk([source.pk, target.pk])
        source, target = locked[source.pk], locked[target.pk]
        require(source.merged_into_id is None and target.merged_into_id is None)
        if target.path.startswith(source.path):
            place(target, source.parent)
        for child in Theme.objects.filter(parent=source, merged_into=None):
            place(child, target)
        _bring_words(source, target)
        _bring_people(source, target)
        Theme.objects.filter(merged_into=source).update(merged_into=target)
        source.merged_into = target
        source.save(update_fields=["merged_into"])
        bus.publish(events.ThemesMerged(community=source.community_id, source=source.pk, target=target.pk))


def _bring_words(source: Theme, target: Theme) -> None:
    source.synonyms.update(theme=target)
    Synonym.objects.get_or_create(
        community_id=source.community_id,
        folded=source.folded,
        defaults={"name": source.name, "theme": target},
    )


def _bring_people(source: Theme, target: Theme) -> None:
    for model in (DeclaredSkill, Interest):
        has_target = model._default_manager.filter(theme=target, member=OuterRef("member"))
        rows = model._default_manager.filter(theme=source)
        rows.filter(Exists(has_target)).delete()
        rows.update(theme=target)
