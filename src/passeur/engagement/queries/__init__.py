"""What can be asked of engagement: figures about groups, behind the guard.

    slice = slice_of(member, first=…, last=…, among=[community], theme=theme, team="")
    participation(slice), participation(previous(slice))

A figure is a `Share` (count, of, value, interval) or another estimate of `algorithms.measures`, or
`Withheld` with a reason, whose value is None.
"""

from .activity import (
    DayCount,
    KindCount,
    ThemeCount,
    activity_by_day,
    activity_by_kind,
    activity_by_theme,
)
from .bitmaps import read_once
from .by_block import Replying, milestones, replies_by_team
from .by_team import team_names
from .compared import Compared, Part
from .exchanges import Ledger, busiest_themes
from .guarding import Withheld
from .knowledge import Held, held_by_few
from .lasting import Known, how_it_reads, is_now, to_check, what_lasts
from .mine import counted, is_counted
from .network import OTHERS, Holding, Linked, NetworkFigures, linked, network, network_by_block
from .slices import Slice, previous, slice_of
from .started import Counted
from .taking_part import (
    TeamFigure,
    health,
    participation,
    participation_by_block,
    rhythm,
    stickiness,
    teams,
)
from .texts import Late, Useful, are_told, due_on, late, most_useful, oldest
from .worked import Worked

__all__ = [
    "OTHERS",
    "Compared",
    "Counted",
    "DayCount",
    "Held",
    "Holding",
    "KindCount",
    "Known",
    "Late",
    "Ledger",
    "Linked",
    "NetworkFigures",
    "Part",
    "Replying",
    "Slice",
    "TeamFigure",
    "ThemeCount",
    "Useful",
    "Withheld",
    "Worked",
    "activity_by_day",
    "activity_by_kind",
    "activity_by_theme",
    "are_told",
    "busiest_themes",
    "counted",
    "due_on",
    "health",
    "held_by_few",
    "how_it_reads",
    "is_counted",
    "is_now",
    "late",
    "linked",
    "milestones",
    "most_useful",
    "network",
    "network_by_block",
    "oldest",
    "participation",
    "participation_by_block",
    "previous",
    "read_once",
    "replies_by_team",
    "rhythm",
    "slice_of",
    "stickiness",
    "team_names",
    "teams",
    "to_check",
    "what_lasts",
]
