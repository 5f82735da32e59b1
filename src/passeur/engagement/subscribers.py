"""What roll-ups do when people or themes turn out to be others."""

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.communities.events import RoleChanged
from passeur.foundation.events import subscribe
from passeur.records.events import AgentsLinked, CourseTied
from passeur.records.services import retention
from passeur.skills.events import ThemesMerged

from .queries import progress
from .services import deriving, people, responding, rolling

retention.hold_until(progress.through)


@subscribe(AgentsLinked)
def follow_who_is_who(event: AgentsLinked) -> None:
    """An account of elsewhere is somebody, or somebody else."""
    people.resolve()


@subscribe(MembersMerged)
def follow_a_merge(event: MembersMerged) -> None:
    """Two are one: one bit for both, on all the days they were active."""
    people.resolve()


@subscribe(MergeUndone)
def follow_an_undone_merge(event: MergeUndone) -> None:
    """They are two again."""
    people.resolve()


@subscribe(RoleChanged)
def follow_a_role(event: RoleChanged) -> None:
    """Whoever animates a community is in none of its figures."""
    deriving.mark(community=event.community)
    responding.mark_community(event.community)


@subscribe(ThemesMerged)
def follow_merged_themes(event: ThemesMerged) -> None:
    """What was one theme's is the other's."""
    deriving.mark(community=event.community)
    responding.mark_community(event.community)


@subscribe(CourseTied)
def follow_a_course(event: CourseTied) -> None:
    """What people did in it counts for the community, the past too, or no more."""
    rolling.follow_courses()
