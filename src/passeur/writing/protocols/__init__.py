"""What rooms above tell this one: where one can write, and what files hang on."""

from .holders import Holder, hold_files, holder, holders, without_files
from .places import Place, Spot, place, places

__all__ = ["Holder", "Place", "Spot", "hold_files", "holder", "holders", "place", "places", "without_files"]
