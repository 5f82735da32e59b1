"""The engagement room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class EngagementConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.engagement"
