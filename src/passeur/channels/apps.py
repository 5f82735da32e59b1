"""The channels room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class ChannelsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.channels"
