"""How long each page of figures takes as what is written grows: at a size, and at ten times it.

On a server of its own. One community, people who start exchanges over 26 weeks (questions in four of five,
forty themes, most with a reply), as rows of `conversations`; then the job that tells `engagement` of them.
Each page is made as its view makes it, for the LCM, over the last 12 weeks. Prints JSON: by page, the
milliseconds at both sizes (median of seven) and their ratio; an exchange is about ten statements.

    python benchmarks/dashboards.py --exchanges 3000
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grounds import stand

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.dashboards.protocols import Slice
    from passeur.skills.models import Theme

PEOPLE, THEMES, WEEKS, TIMES = 2000, 40, 26, 7
PAGES = ("response", "themes", "content", "what-works")


def write(
    community: Community, people: Sequence[Member], themes: Sequence[Theme], many: int, seed: int
) -> None:
    """So many more exchanges, in bulk."""
    from django.utils import timezone

    from passeur.conversations.models import Contribution, Conversation, ConversationTheme

    chance = random.Random(seed)
    now = timezone.now()
    rows = []
    for _ in range(many):
        at = now - dt.timedelta(seconds=chance.randrange(WEEKS * 7 * 86400))
        is_question = chance.random() < 0.8
        replied = at + dt.timedelta(hours=chance.expovariate(1 / 20))
        rows.append(
            Conversation(
                community=community, author=chance.choice(people), title="Une question",
                kind="question" if is_question else "discussion", created_at=at, last_activity_at=at,
                state=("answered" if chance.random() < 0.8 else "waiting") if is_question else "open",
                first_reply_at=replied if replied < now else None,
            )
        )  # fmt: skip
    made = Conversation.objects.bulk_create(rows, batch_size=2000)
    Contribution.objects.bulk_create(
        [
            Contribution(conversation=one, author=one.author, part="opening", body="mot " * 40,
                         created_at=one.created_at)
            for one in made
        ],
        batch_size=2000,
    )  # fmt: skip
    ConversationTheme.objects.bulk_create(
        [
            ConversationTheme(conversation=one, theme=theme, position=place)
            for one in made
            for place, theme in enumerate(chance.sample(themes, chance.randint(0, 2)))
        ],
        batch_size=2000,
    )


def times(part: Slice) -> dict[str, float]:
    """By page, the median of some times that it takes, in milliseconds."""
    from passeur.dashboards.protocols import pages

    found = {}
    for page in pages():
        if page.slug not in PAGES:
            continue
        took = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            board = page.board(part)
            took.append((time.perf_counter() - begun) * 1000)
        if board.is_empty or any(tile.is_withheld for tile in board.tiles if tile.key == "asked"):
            raise SystemExit(f"{page.slug} shows nothing: that would be no measure of it.")
        found[page.slug] = round(statistics.median(took), 1)
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--exchanges", type=int, default=3000)
    asked = parser.parse_args()
    stand()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from passeur.accounts.models import Member
    from passeur.communities.models import Community, Membership
    from passeur.conversations.services import telling
    from passeur.dashboards.protocols import Period, Slice
    from passeur.engagement.services import remake_marked
    from passeur.skills.models import Theme

    community = Community.objects.create(slug="c", name="C", purpose="")
    people = Member.objects.bulk_create(
        Member(name=f"P{n}", email=f"p{n}@example.org") for n in range(PEOPLE)
    )
    manager = Member.objects.create(name="M", email="m@example.org")
    Membership.objects.bulk_create(Membership(community=community, member=one) for one in people)
    Membership.objects.create(community=community, member=manager, role="lcm")
    themes = []
    for n in range(THEMES):
        made = Theme.objects.create(community=community, name=f"T{n}", folded=f"t{n}", slug=f"t{n}")
        Theme.objects.filter(pk=made.pk).update(path=f"/{made.pk}/")
        themes.append(made)
    part = Slice(manager, (community,), Period.latest(12, timezone.localdate()))
    measured = []
    for many, seed in ((asked.exchanges, 1), (9 * asked.exchanges, 2)):
        write(community, people, themes, many, seed)
        telling.tell_untold()
        remake_marked()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        measured.append(times(part))
    before, after = measured
    print(
        json.dumps(
            {
                "exchanges": [asked.exchanges, 10 * asked.exchanges],
                "pages": {
                    slug: {"ms": [before[slug], after[slug]], "ratio": round(after[slug] / before[slug], 2)}
                    for slug in before
                },
                "load": os.getloadavg(),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
