"""What the administration does beyond what the rooms below offer."""

from .batches import carry_on, check, drop, forget_old, launch, running, stop
from .invitations import invite_person, send_again
from .journal import export_log
from .reading import MOST_BYTES, read
from .tables import export_lines, model

__all__ = [
    "MOST_BYTES",
    "carry_on",
    "check",
    "drop",
    "export_lines",
    "export_log",
    "forget_old",
    "invite_person",
    "launch",
    "model",
    "read",
    "running",
    "send_again",
    "stop",
]
