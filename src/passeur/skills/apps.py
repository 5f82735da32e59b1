"""The skills room, as Django knows it."""

from passeur.foundation.rooms import RoomConfig


class SkillsConfig(RoomConfig):
    """Wires the room when Django starts."""

    name = "passeur.skills"
