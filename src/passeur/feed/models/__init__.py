"""What a member said about their own feed, and what was worked out for it. Read by nobody else."""

from .choices import Less, Mark, Passed
from .suggestion import Suggestion

__all__ = ["Less", "Mark", "Passed", "Suggestion"]
