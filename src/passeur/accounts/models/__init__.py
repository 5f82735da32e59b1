"""Members, and the merges of an imported member into the person it is."""

from .member import Member
from .merge import Merge, MergeMove

__all__ = ["Member", "Merge", "MergeMove"]
