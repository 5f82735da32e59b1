"""Facts that the store announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class AgentsLinked(Event):
    """These agents (their keys) are somebody else than they were: what was counted for them follows."""

    agents: list[str]
