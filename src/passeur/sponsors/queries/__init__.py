"""What sponsors are told, and who they are."""

from .counting import month_of
from .months import due_month, latest, months, parse, period_of
from .paper import paper
from .people import by_link, link_of, receiving, sponsors_of, voice
from .report import Report, report

__all__ = [
    "Report", "by_link", "due_month", "latest", "link_of", "month_of", "months", "paper", "parse",
    "period_of", "receiving", "report", "sponsors_of", "voice",
]  # fmt: skip
