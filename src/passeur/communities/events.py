"""What happens to communities and memberships, for the rooms above."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class CommunityCreated(Event):
    """A community was founded."""

    community: int
    by: int


@dataclass(frozen=True, slots=True)
class CommunityArchived(Event):
    """Nothing can be written there any more."""

    community: int
    by: int


@dataclass(frozen=True, slots=True)
class CommunityReopened(Event):
    """An archived community is alive again."""

    community: int
    by: int


@dataclass(frozen=True, slots=True)
class CharterPublished(Event):
    """A new version is in force; members are asked for it before they next write."""

    community: int
    version: int
    by: int


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """Somebody is now a member: for the first time, or again."""

    community: int
    member: int
    returned: bool = False


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    """Somebody is no longer a member; `by` is who ended it, themself or a manager."""

    community: int
    member: int
    by: int


@dataclass(frozen=True, slots=True)
class RoleChanged(Event):
    """A member holds another role."""

    community: int
    member: int
    role: str
    by: int


@dataclass(frozen=True, slots=True)
class ClaimMade(Event):
    """Somebody says that an imported member is them; a manager has to look."""

    community: int
    claim: int


@dataclass(frozen=True, slots=True)
class ClaimDecided(Event):
    """A manager accepted or refused a claim."""

    community: int
    claim: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class GoalChanged(Event):
    """The goal of the first reply, the quiet hours or the time zone changed: replies fall due elsewhen."""

    community: int


@dataclass(frozen=True, slots=True)
class IntervalChanged(Event):
    """What lasts there is to be looked at again after another time."""

    community: int


@dataclass(frozen=True, slots=True)
class InvitationToSend(Event):
    """The mail of an invitation is to leave."""

    invitation: int
