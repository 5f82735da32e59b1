"""`make audit`: whether a locked package has a known vulnerability, by pip-audit and the advisories of PyPI.

Exit 1 when one has. Where the advisories cannot be reached nothing was audited: it says so, and with
`--strict` fails for it.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / "requirements" / "run.txt", ROOT / "requirements" / "dev.txt"]

CLEAN, VULNERABLE, UNKNOWN = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """What an audit found: how it ends, and the lines that say why."""

    code: int
    lines: list[str]


def judge(report: str) -> Outcome:
    """Read what pip-audit printed as JSON; anything else means that it could not ask."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return Outcome(UNKNOWN, ["The advisories could not be read: nothing was audited."])
    asked = [package for package in packages if "skip_reason" not in package]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in "
        + (", ".join(flaw["fix_versions"]) or "no version yet")
        for package in asked
        for flaw in package["vulns"]
    ]
    if found:
        return Outcome(VULNERABLE, found)
    skipped = len(packages) - len(asked)
    if skipped:
        return Outcome(
            UNKNOWN, [f"{len(asked)} packages audited; {skipped} are not known to the advisories in reach."]
        )
    return Outcome(CLEAN, [f"{len(asked)} packages, none with a known vulnerability."])


def ask(lock: Path) -> str:
    program = Path(sys.executable).with_name("pip-audit")
    asked = subprocess.run(  # noqa: S603 - our own lock, by a program of the environment
        [
            program,
            "--requirement",
            lock,
            "--disable-pip",
            "--require-hashes",
            "--format",
            "json",
            "--progress-spinner",
            "off",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout


def main(strict: bool) -> int:
    codes = set()
    for lock in LOCKS:
        outcome = judge(ask(lock))
        codes.add(outcome.code)
        for line in outcome.lines:
            print(f"{lock.name}: {line}")
    if VULNERABLE in codes:
        return 1
    return int(strict and UNKNOWN in codes)


if __name__ == "__main__":
    sys.exit(main("--strict" in sys.argv))
