"""What the time of an answer tells a stranger about who has an account. Prints JSON.

    python benchmarks/strangers.py [--rounds 200]

A private server of its own, with somebody who has an account, somebody whose account is closed, and an
address that nobody has. Each is tried in turn, in an order drawn anew each round, with the password hashing
of the product and without its limits (which leave an attacker five tries a minute). `tells` is the
probability that an answer about the one took longer than an answer about nobody (the area under the curve of
the two sets of times): 0.5 tells nothing, and so does an interval that holds 0.5. `milliseconds` are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ingest import PROGRAM
from scipy import stats

PASSWORD, WRONG = "four words about the river", "five other words gone astray"
PEOPLE = {
    "known": "known@orvelle.example",
    "closed": "closed@orvelle.example",
    "nobody": "nobody@orvelle.example",
}
DRAWS = 400
WARMING = 10
Try = Callable[[str], None]


def main() -> None:
    """Measure in an installation made for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    from passeur.foundation.postgres import server

    with tempfile.TemporaryDirectory(prefix="passeur-strangers-") as made:
        folder = Path(made).resolve()
        folder.chmod(0o711)
        (folder / "static").mkdir()
        os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "passeur.project.settings"}
        os.environ |= {"PASSEUR_LOG_LEVEL": "CRITICAL", "EMAIL_URL": "consolemail://"}
        with server.running(folder) as private:
            os.environ["DATABASE_URL"] = private.url
            print(json.dumps(measured(rounds), indent=2))


def measured(rounds: int) -> dict[str, Any]:
    """Both doors that an address can be tried at."""
    prepare()
    return {name: compared(door, rounds) for name, door in doors().items()}


def prepare() -> None:
    """Tables, and the two people who have an account."""
    subprocess.run([*PROGRAM, "migrate"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from allauth.account.models import EmailAddress
    from django.conf import settings

    from passeur.accounts.models import Member

    settings.ACCOUNT_RATE_LIMITS = False
    settings.ALLOWED_HOSTS = ["testserver"]
    for who in ("known", "closed"):
        member = Member(name=who, email=PEOPLE[who], handle=who, is_active=who == "known")
        member.set_password(PASSWORD)
        member.save()
        EmailAddress.objects.create(user=member, email=PEOPLE[who], verified=True, primary=True)


def doors() -> dict[str, Try]:
    """How an address is tried."""
    from django.test import Client
    from django.urls import reverse

    sign_in, link = reverse("account_login"), reverse("account_reset_password")

    def with_a_password(address: str) -> None:
        answer = Client().post(sign_in, {"login": address, "password": WRONG})
        assert answer.status_code == 200, answer.status_code

    def for_a_link(address: str) -> None:
        answer = Client().post(link, {"email": address})
        assert answer.status_code == 302, answer.status_code

    return {"signing in": with_a_password, "asking for a link": for_a_link}


def compared(door: Try, rounds: int) -> dict[str, Any]:
    """Times by who was tried, and what they tell beside those of nobody."""
    took: dict[str, list[float]] = {who: [] for who in PEOPLE}
    for number in range(rounds + WARMING):
        for who in random.sample(list(PEOPLE), len(PEOPLE)):
            start = time.perf_counter()
            door(PEOPLE[who])
            if number >= WARMING:
                took[who].append((time.perf_counter() - start) * 1000)
    return {
        "rounds": rounds,
        "milliseconds": {who: round(statistics.median(times), 2) for who, times in took.items()},
        "tells": {who: telling(took[who], took["nobody"]) for who in ("known", "closed")},
    }


def telling(some: Sequence[float], others: Sequence[float]) -> dict[str, float]:
    """The area under the curve, with its interval of 95 % over rounds drawn again."""
    one, other = np.array(some), np.array(others)
    drawn = np.random.default_rng(1).integers(0, len(one), (DRAWS, len(one)))
    areas = [area(one[rows], other[rows]) for rows in drawn]
    low, high = np.quantile(areas, (0.025, 0.975))
    return {"area": round(area(one, other), 3), "low": round(float(low), 3), "high": round(float(high), 3)}


def area(one: Any, other: Any) -> float:
    """Mann-Whitney's U, as a share of all pairs."""
    return float(stats.mannwhitneyu(one, other).statistic) / (len(one) * len(other))


if __name__ == "__main__":
    main()
