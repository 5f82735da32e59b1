"""What the desk shows."""

from ..cues import anchor
from .about_me import about_me
from .cues_about import Standing, cues_about
from .desk import PAGE_SIZE, Desk, Line, desk, find_cue, unfilled
from .steps import done_between, done_today, managers_of, rests, standing, standing_on_key, step_by_id, taken
from .summaries import summary

__all__ = [
    "PAGE_SIZE",
    "Desk",
    "Line",
    "Standing",
    "about_me",
    "anchor",
    "cues_about",
    "desk",
    "done_between",
    "done_today",
    "find_cue",
    "managers_of",
    "rests",
    "standing",
    "standing_on_key",
    "step_by_id",
    "summary",
    "taken",
    "unfilled",
]
