"""A company of any size that nobody works in, for measuring: the same seed gives the same rows."""

from .deriving import derive, take_over
from .making import Made, synthesize
from .sizes import Sizes

__all__ = ["Made", "Sizes", "derive", "synthesize", "take_over"]
