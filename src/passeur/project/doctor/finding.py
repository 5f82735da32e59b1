"""One line of the doctor."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Well, wrong, or worth knowing."""

    WELL = "✓"
    WRONG = "✗"
    NOTE = "–"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and found; `remedy` says what to do when it is wrong."""

    verdict: Verdict
    found: str
    remedy: str = ""

    def line(self) -> str:
        return f"{self.verdict} {self.found}" + (f"\n    → {self.remedy}" if self.remedy else "")


def well(found: str) -> Finding:
    return Finding(Verdict.WELL, found)


def wrong(found: str, remedy: str) -> Finding:
    return Finding(Verdict.WRONG, found, remedy)


def note(found: str, remedy: str = "") -> Finding:
    return Finding(Verdict.NOTE, found, remedy)
