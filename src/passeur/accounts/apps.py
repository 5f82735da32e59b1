"""The accounts room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class AccountsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.accounts"
