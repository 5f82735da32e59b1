"""What stands above a theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from passeur.foundation import lasting

from ..models import Theme

if TYPE_CHECKING:
    from passeur.communities.models import Community


def parents(community: Community) -> dict[int, int | None]:
    """The parent of each theme, by key; a merged theme's is the theme that took it over."""
    rows = Theme.objects.filter(community=community).values_list("pk", "parent_id", "merged_into_id")
    return {key: merged_into or parent for key, parent, merged_into in rows}


_ABOVE = """
with recursive above(id, next) as (
    select id, coalesce(merged_into_id, parent_id) from skills_theme where id = any(%s::bigint[])
    union
    select t.id, coalesce(t.merged_into_id, t.parent_id) from above a join skills_theme t on t.id = a.next
)
select id, next from above
"""


def parents_above(keys: Iterable[int]) -> dict[int, int | None]:
    """As `parents`, of these themes and of all that stand above them only. One statement."""
    wanted = list(keys)
    if not wanted:
        return {}
    return dict(lasting.fetched(_ABOVE, [wanted]))


def way_up(theme: int, above: Mapping[int, int | None]) -> set[int]:
    """The theme and all above it, in what `parents` gives."""
    way: set[int] = set()
    step: int | None = theme
    while step is not None and step not in way:
        way.add(step)
        step = above.get(step)
    return way
