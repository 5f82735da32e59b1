"""Which pages to ask for in a synthetic database, as whom: JSON for `pages.py`. Opens two sessions."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

QUESTIONS = 60


def main(folder: Path) -> None:
    """Print the sizes and the pages."""
    from passeur.foundation.postgres import server

    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
    with server.running(folder) as private:
        os.environ["DATABASE_URL"] = private.url
        django.setup()
        print(json.dumps(chosen()))


def chosen() -> dict[str, Any]:
    """Of the largest community: an ordinary member, its LCM, and sixty questions that were answered."""
    from floors import WORDS

    from passeur.accounts.models import Member
    from passeur.communities.models import Community, Membership
    from passeur.conversations.models import Contribution, Conversation

    community = Community.objects.filter(slug__startswith="synthese-").order_by("pk")[0]
    belonging = Membership.objects.filter(community=community, left_at=None).select_related("member")
    reader = belonging.filter(role="member").order_by("pk")[belonging.count() // 20].member
    manager = belonging.filter(role="lcm").order_by("pk")[0].member
    asked = Conversation.objects.filter(community=community, kind="question", answer_count__gte=2)
    keys = list(asked.order_by("-last_activity_at").values_list("pk", flat=True)[:QUESTIONS])
    here = f"/communities/{community.slug}"
    words = range(len(WORDS))

    def floors(name: str, numbers: Any, who: Any = reader) -> list[str]:
        return [f"/{name}/{community.pk}/{number}/?member={who.pk}" for number in numbers]

    searches = [f"/search/?{urlencode({'q': ' '.join(pair)})}" for pair in WORDS]
    similar = [
        f"{here}/similar/?{urlencode({'title': f'Comment {one} {other} sans arrêter la ligne'})}"
        for one, other in WORDS
    ]
    reading, managing = session(reader), session(manager)
    pages = {
        "frame": ("/me/profile/", reading, []),
        "questions": (f"{here}/conversations/", reading, floors("list", [0])),
        "questions everywhere": ("/conversations/", reading, floors("everywhere", [0])),
        "question": ([f"/conversations/{key}/" for key in keys], reading, floors("question", keys)),
        "search": (searches, reading, floors("search", words)),
        "similar": (similar, reading, floors("similar", words)),
        "feed": ("/feed/", reading, floors("feed", [0])),
        "desk": ("/desk/", managing, floors("desk", [0], manager)),
    }  # fmt: skip
    return {
        "sizes": {
            "members": Member.objects.count(),
            "conversations": Conversation.objects.count(),
            "contributions": Contribution.objects.count(),
        },
        "pages": {
            name: {"paths": [paths] if isinstance(paths, str) else paths, "cookie": cookie, "floors": floor}
            for name, (paths, cookie, floor) in pages.items()
        },
    }


def session(member: Any) -> str:
    """A session of that member, as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
