"""What the administration does beyond what the rooms below offer."""

from .journal import export_log

__all__ = ["export_log"]
