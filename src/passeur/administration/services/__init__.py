"""What the administration does beyond what the rooms below offer."""

from .invitations import invite_person, send_again
from .journal import export_log

__all__ = ["export_log", "invite_person", "send_again"]
