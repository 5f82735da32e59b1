"""Who walks: each with a browser of their own, open since before they left, were closed or erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from passeur.accounts import services as accounts
from passeur.communities import services as communities
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.notifications.tests.factories import WishesFactory

from .secret import Secret, address_of

STRANGER = "stranger"
OUTSIDERS = [
    STRANGER,
    "outsider",  # a member of another community
    "manager",  # the LCM of another community
    "administrator",
    "invited",  # the invitation waits
    "claimant",  # an imported identity that wrote in private was found, elsewhere, to be them
    "left",
    "removed",  # was the LCM there
    "closed",
    "erased",
]
WERE_INSIDE = ("left", "removed", "closed", "erased")


@dataclass
class Visitor:
    """Somebody, and their browser; `etags` are of files that they could read once."""

    name: str
    member: Any
    client: Client
    etags: dict[str, str]


def browser(cookies: Any = None) -> Client:
    """One that shows what breaks as a page, as it would be shown."""
    client = Client(raise_request_exception=False)
    if cookies is not None:
        client.cookies = cookies
    return client


def signed_in(member: Any) -> Client:
    client = browser()
    if member is not None:
        client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[-1])
        session = client.session
        # Proved just now, so that what asks for a proof lets them through.
        session["account_authentication_methods"] = [{"method": "password", "at": 10**10}]
        session.save()
    return client


def visitors(made: Secret, run_jobs: Any) -> dict[str, Visitor]:
    """All of them, after what happened to each; more is written in private after they are gone."""
    found = {
        name: Visitor(name, made.people.get(name), signed_in(made.people.get(name)), {}) for name in OUTSIDERS
    }
    for name in ("left", "removed", "both", "outsider", "manager", "claimant", "invited", "administrator"):
        WishesFactory.create(member=made.people[name], rhythm="daily")
    run_jobs()
    for name in WERE_INSIDE:
        _look_around(made, found[name])
    _things_happen_to_them(made)
    run_jobs()
    _life_goes_on(made)
    run_jobs()
    for name in ("left", "removed", "claimant", "invited"):
        made.people[name].refresh_from_db()
    return found


def _look_around(made: Secret, visitor: Visitor) -> None:
    """They read it while they may: the walk finds what it looks for, and their browser keeps what it can."""
    for url in (
        made.secret.get_absolute_url(),
        reverse("conversations:detail", args=[made.things["question"].pk]),
    ):
        page = visitor.client.get(url).content.decode()
        assert made.mark.found_in(page), url
    for one in ("file", "picture"):
        url = address_of(made.things[one])
        visitor.etags[url] = visitor.client.get(url).headers["ETag"]


def _things_happen_to_them(made: Secret) -> None:
    people, administrator = made.people, made.people["administrator"]
    communities.leave(community=made.secret, member=people["left"])
    communities.remove_member(community=made.secret, member=people["removed"], by=people["lcm"])
    accounts.close_account(member=people["closed"], by=administrator)
    accounts.erase(member=people["erased"], by=people["erased"])
    claim = communities.ask_claim(
        community=made.shared, imported=people["imported"], proof="C’est moi.", by=people["claimant"]
    )
    communities.decide_claim(claim=claim, accept=True, by=people["manager"])


def _life_goes_on(made: Secret) -> None:
    mark, people, things = made.mark, made.people, made.things
    for name in ("question", "discussion", "announcement", "asked by left"):
        conversations.contribute(
            conversation=things[name], body=f"Depuis, {mark(f'later in {name}')}.", by=people["expert"]
        )
    conversations.start_conversation(
        community=made.secret,
        kind=Kind.ANNOUNCEMENT,
        title=f"À noter : {mark('later announcement')}",
        body=f"Tout {mark('later body')}.",
        themes=[things["theme"]],
        by=people["lcm"],
    )
