"""The notifications room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class NotificationsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.notifications"
