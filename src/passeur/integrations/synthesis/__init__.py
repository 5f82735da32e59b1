"""A company of any size that nobody works in, for measuring: the same seed gives the same rows."""

from .making import Made, derive, synthesize
from .sizes import Sizes

__all__ = ["Made", "Sizes", "derive", "synthesize"]
