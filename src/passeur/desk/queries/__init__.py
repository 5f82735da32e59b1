"""What the desk shows."""

from ..cues import anchor
from .about_me import about_me
from .desk import Desk, Line, desk, find_cue, told
from .steps import done_today, managers_of, rests, standing, step_by_id
from .summaries import summary

__all__ = [
    "Desk",
    "Line",
    "about_me",
    "anchor",
    "desk",
    "done_today",
    "find_cue",
    "managers_of",
    "rests",
    "standing",
    "step_by_id",
    "summary",
    "told",
]
