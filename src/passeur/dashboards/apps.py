"""The dashboards room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class DashboardsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.dashboards"
