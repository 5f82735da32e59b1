"""Members, merges of an imported member into the person it is, open sessions, and erasures."""

from .erasure import Erasure
from .member import Member
from .merge import Merge, MergeMove
from .session import OpenSession

__all__ = ["Erasure", "Member", "Merge", "MergeMove", "OpenSession"]
