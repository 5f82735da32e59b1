"""The conversations room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class ConversationsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.conversations"
