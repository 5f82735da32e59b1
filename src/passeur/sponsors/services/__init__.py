"""What is done for sponsors: named, asked, sent to, let go."""

from .answering import confirm, stop
from .making import as_text, make_editions, report_of
from .naming import ask, forget_unanswered, name, take_off
from .sending import send

__all__ = [
    "as_text", "ask", "confirm", "forget_unanswered", "make_editions", "name", "report_of", "send", "stop",
    "take_off",
]  # fmt: skip
