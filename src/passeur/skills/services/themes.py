"""Creating, naming and ordering themes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify

from passeur.foundation import events as bus
from passeur.foundation.policies import require
from passeur.foundation.text import fold, fold_name

from .. import events, policies, queries
from ..errors import NameTaken, OtherCommunity, TooDeep, WouldCircle
from ..models import Synonym, Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

DEEPEST = 8


def create_theme(
    *, community: Community, name: str, by: Member, parent: Theme | None = None, description: str = ""
) -> Theme:
    """Add a theme to the tree; its address is made of its name, and stays."""
    require(policies.can_manage(by, community))
    with transaction.atomic():
        _require_free(community.pk, name)
        return _add(community, name, parent, description)


def rename_theme(*, theme: Theme, name: str, by: Member) -> None:
    """Give another name; the address stays, and the name of before still finds the theme."""
    require(policies.can_manage(by, theme.community))
    if fold_name(name) == theme.folded:
        with transaction.atomic():
            Theme.objects.filter(pk=theme.pk).update(name=name)
            theme.name = name
            _announce(theme)
        return
    with transaction.atomic():
        _require_free(theme.community_id, name, but=theme)
        before = theme.name
        Synonym.objects.filter(theme=theme, folded=fold_name(name)).delete()
        theme.name, theme.folded = name, fold_name(name)
        theme.save(update_fields=["name", "folded"])
        _synonym(theme, before)
        _announce(theme)


def describe_theme(*, theme: Theme, description: str, by: Member) -> None:
    """Say what a theme is about."""
    require(policies.can_manage(by, theme.community))
    theme.description = description
    theme.save(update_fields=["description"])


def move_theme(*, theme: Theme, parent: Theme | None, by: Member) -> None:
    """Put a theme, and all that is under it, elsewhere in the tree."""
    require(policies.can_manage(by, theme.community))
    with transaction.atomic():
        # The tree is locked as a whole: two moves at once could put each under the other.
        list(Theme.objects.select_for_update().filter(community=theme.community_id).values_list("pk"))
        theme.refresh_from_db(fields=["path", "parent"])
        if parent is not None:
            parent.refresh_from_db(fields=["path", "parent"])
        place(theme, parent)


def edit_theme(*, theme: Theme, name: str, description: str, parent: Theme | None, by: Member) -> None:
    """Rename, describe and move at once: all of it or nothing."""
    with transaction.atomic():
        rename_theme(theme=theme, name=name, by=by)
        describe_theme(theme=theme, description=description, by=by)
        if theme.parent_id != (parent.pk if parent else None):
            move_theme(theme=theme, parent=parent, by=by)


def add_synonym(*, theme: Theme, name: str, by: Member) -> None:
    """Let another word find the theme."""
    require(policies.can_manage(by, theme.community))
    with transaction.atomic():
        _require_free(theme.community_id, name, but=theme)
        _synonym(theme, name)
        _announce(theme)


def remove_synonym(*, synonym: Synonym, by: Member) -> None:
    """The word no longer finds the theme."""
    require(policies.can_manage(by, synonym.theme.community))
    with transaction.atomic():
        synonym.delete()
        _announce(synonym.theme)


def provide_themes(*, community: Community, names: Sequence[str]) -> dict[str, Theme]:
    """The theme of each name, made where there is none.

    Called by imports and the demo, which act for no member.
    """
    with transaction.atomic():
        known = queries.by_folded(community, {fold_name(name) for name in names})
        for name in names:
            folded = fold_name(name)
            if folded and folded not in known:
                known[folded] = _add(community, name, None, "")
    return {name: known[fold_name(name)] for name in names if fold_name(name)}


def place(theme: Theme, parent: Theme | None) -> None:
    """Write the parent and the paths of the theme and of all under it. Call it inside a transaction."""
    if parent is not None:
        if parent.community_id != theme.community_id:
            raise OtherCommunity
        if parent.path.startswith(theme.path):
            raise WouldCircle
    before, after = theme.path, f"{parent.path if parent else '/'}{theme.pk}/"
    below = Theme.objects.filter(community=theme.community_id, path__startswith=before)
    deepest = max((path.count("/") for path in below.values_list("path", flat=True)), default=0)
    if deepest - before.count("/") + after.count("/") - 1 > DEEPEST:
        raise TooDeep
    below.update(path=Concat(Value(after), Substr(F("path"), len(before) + 1)))
    Theme.objects.filter(pk=theme.pk).update(parent=parent)
    theme.refresh_from_db(fields=["path", "parent"])


def _add(community: Community, name: str, parent: Theme | None, description: str) -> Theme:
    if parent is not None and parent.community_id != community.pk:
        raise OtherCommunity
    if parent is not None and parent.depth + 1 >= DEEPEST:
        raise TooDeep
    theme = Theme.objects.create(
        community=community,
        parent=parent,
        name=name,
        folded=fold_name(name),
        slug=_free_slug(community.pk, name),
        description=description,
    )
    theme.path = f"{parent.path if parent else '/'}{theme.pk}/"
    theme.save(update_fields=["path"])
    bus.publish(events.ThemeCreated(community=community.pk, theme=theme.pk))
    return theme


def _announce(theme: Theme) -> None:
    bus.publish(events.ThemeRenamed(community=theme.community_id, theme=theme.pk))


def _free_slug(community_id: int, name: str) -> str:
    stem = slugify(fold(name))[:90].strip("-") or "theme"
    slugs = Theme.objects.filter(community=community_id, slug__startswith=stem).values_list("slug", flat=True)
    taken = {"edit", "new"} | set(slugs)
    return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _require_free(community_id: int, name: str, *, but: Theme | None = None) -> None:
    folded = fold_name(name)
    theme = Theme.objects.filter(community=community_id, folded=folded, merged_into=None).first()
    if theme is None:
        synonym = (
            Synonym.objects.filter(community=community_id, folded=folded).select_related("theme").first()
        )
        theme = synonym.theme if synonym else None
    if theme is not None and (but is None or theme.pk != but.pk):
        raise NameTaken(name, theme.name)


def _synonym(theme: Theme, name: str) -> None:
    Synonym.objects.get_or_create(
        community_id=theme.community_id, folded=fold_name(name), defaults={"name": name, "theme": theme}
    )
