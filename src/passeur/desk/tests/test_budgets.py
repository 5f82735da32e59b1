"""The number of queries depends on the rules, never on what they find."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.communities.tests.factories import ClaimFactory
from passeur.conversations.choices import Kind, Part
from passeur.conversations.services import lasting
from passeur.conversations.tests.factories import (
    ConversationThemeFactory,
    ReactionFactory,
    SearchMissFactory,
    VerificationFactory,
)
from passeur.engagement.choices import Act
from passeur.engagement.services import people
from passeur.engagement.tests.factories import TallyFactory as CountedFactory
from passeur.engagement.tests.factories import WordFactory
from passeur.expertise.choices import ReferralState, Scope
from passeur.expertise.tests.factories import ReferralFactory, TallyFactory
from passeur.foundation import rereading
from passeur.skills.tests.factories import InterestFactory, ThemeFactory

from .. import services
from ..choices import About, Snooze
from ..cues import Subject, rules
from .factories import Place, always_open

pytestmark = pytest.mark.django_db

ANEW, ANEW_OF_ALL = 18, 33
"""Queries of today's list where nothing is kept: of waiting questions, and of every kind of cue in it."""


def waiting(place, n):
    asked = place.asked(place.member(f"Karim {n}"), hours=26)
    place.knows(asked, place.member(f"Mei {n}"))


def newcomer(place, n):
    place.asked(place.member(f"Anaïs {n}", days=9, job="Approvisionneuse"), hours=20)


def alone(place, n):
    place.member(f"Sofia {n}", days=9, job="Approvisionneuse")


def quiet(place, n):
    place.talked(place.manager, place.member(f"Ada {n}", job="Approvisionneuse"), days=70)


def unaccepted(place, n):
    place.wrote(place.asked(place.member(f"Karim {n}"), hours=99), place.member(f"Mei {n}"), hours=90)


def unhelped(place, n):
    asked = place.asked(place.member(f"Karim {n}"), hours=50)
    place.wrote(asked, place.member(f"Mei {n}"), hours=40)
    place.wrote(asked, asked.author, hours=30, part=Part.REPLY)
    place.knows(asked, place.member(f"Paul {n}"))


def expired(place, n):
    asked = place.asked(place.member(f"Karim {n}"), hours=26)
    ReferralFactory.create(
        conversation=asked,
        member=place.member(f"Mei {n}"),
        state=ReferralState.EXPIRED,
        decided_at=place.ago(hours=1),
    )
    place.knows(asked, place.member(f"Paul {n}"))


def rising(place, n):
    theme = ThemeFactory.create(community=place.community)
    for m in range(3):
        asked = place.asked(place.member(f"Ada {n} {m}"), hours=20 + m)
        ConversationThemeFactory.create(conversation=asked, theme=theme)


def missed(place, n):
    SearchMissFactory.create(community=place.community, words=f"macro {n}", times=4)


def helpful(place, n):
    text = place.wrote(place.asked(place.member(f"K {n}"), hours=50), place.member(f"M {n}"), hours=40)
    for _ in range(5):
        ReactionFactory.create(contribution=text)


def claimed(place, n):
    ClaimFactory.create(community=place.community)


def could_meet(place, n):
    theme = ThemeFactory.create(community=place.community)
    InterestFactory.create(theme=theme, member=place.member(f"Anaïs {n}", days=20))
    TallyFactory.create(
        community=place.community,
        scope=Scope.THEME,
        key=theme.pk,
        person=place.member(f"Mei {n}", days=300),
        accepted=2,
    )


def finished(place, n):
    place.learns(place.member(f"Ada {n}"), place.course(f"Cours {n}"), days=20, finished=1)


def stuck(place, n):
    course = place.course(f"Cours {n}", theme=ThemeFactory.create(community=place.community))
    place.learns(place.member(f"Ada {n}"), course, days=20, failed=[5, 4])
    place.learns(place.member(f"Mei {n}"), course, days=90, finished=60)


def dropped(place, n):
    course = place.course(f"Cours {n}")
    place.member(f"Une autre {n}")
    place.member(f"Un autre {n}")
    for m in range(5):
        place.learns(place.member(f"Ada {n} {m}"), course, days=30 + m)


def alone_everywhere(place, n):
    member = place.member(f"Ada {n}", job=f"Métier {n}")
    (actor,) = people.meet([member.pk]).values()
    verb = WordFactory.create(is_own=True, act=Act.TAKES_PART)
    for ago in (60, 40, 20):
        CountedFactory.create(actor=actor, verb=verb.pk, day=place.ago(days=ago).date())
    place.talked(place.manager, place.member(f"Mei {n}", job=f"Métier {n}"), days=3)


def outdated(place, n):
    told = place.asked(place.member(f"Ada {n}"), hours=50, kind=Kind.EXPERIENCE, title=f"Un retour {n}")
    text = told.contributions.get()
    VerificationFactory.create(
        contribution=text,
        member=place.member(f"Mei {n}"),
        holds=False,
        reason="Non",
        created_at=place.ago(hours=1),
    )
    told.outdated_at = place.ago(hours=1)
    told.save()


def late(place, n):
    told = place.asked(place.member(f"Ada {n}"), hours=24 * 400, kind=Kind.EXPERIENCE, title=f"Vieux {n}")
    lasting.tell([told.pk])


HAPPENINGS = {
    "alone-everywhere": alone_everywhere,
    "course-finished": finished,
    "course-stuck": stuck,
    "course-dropped": dropped,
    "waiting-question": waiting,
    "newcomer-unheard": newcomer,
    "never-exchanged": alone,
    "gone-quiet": quiet,
    "not-accepted": unaccepted,
    "not-helped": unhelped,
    "referral-expired": expired,
    "rising-theme": rising,
    "missed-search": missed,
    "worth-showing": helpful,
    "claim-waiting": claimed,
    "could-meet": could_meet,
    "no-longer-true": outdated,
    "to-check": late,
}


def test_every_rule_has_its_budget_here():
    assert set(HAPPENINGS) == {rule.name for rule in rules()}


def queries_of(rule, scope):
    subjects = [
        Subject(scope.communities[0].pk, rule.about, ident)
        for ident in rule.candidates(scope.communities[0], scope.now)
    ]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        found = rule.judge(scope, subjects)
        found = rule.tell(scope, [cue for cue in found if cue.stands_at(scope.now)])
    return len(found), len(seen)


@pytest.mark.parametrize(
    "rule", [rule for rule in rules() if rule.about != About.COMMUNITY], ids=lambda rule: rule.name
)
def test_a_rule_asks_as_much_for_ten_cues_as_for_one(rule):
    place = Place()
    happening = HAPPENINGS[rule.name]
    happening(place, 0)
    one = queries_of(rule, place.scope())
    for n in range(1, 10):
        happening(place, n)
    ten = queries_of(rule, place.scope())
    assert (one[0], ten[0]) == (1, 10)
    assert ten[1] == one[1]


def test_a_rule_about_communities_asks_as_much_for_ten_of_them_as_for_one():
    (rule,) = [rule for rule in rules() if rule.about == About.COMMUNITY]
    places = [Place(always_open(name=f"Communauté {n}")) for n in range(10)]
    for place in places:
        HAPPENINGS[rule.name](place, 0)
    seen = []
    for some in (places[:1], places):
        scope = places[0].scope(*(place.community for place in some))
        subjects = [Subject(place.community.pk, rule.about, place.community.pk) for place in some]
        with CaptureQueriesContext(connection) as asked:
            found = rule.tell(scope, list(rule.judge(scope, subjects)))
        assert [cue.moves[0].name for cue in found] == ["read_again"] * len(some)
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_the_page_asks_as_much_for_many_cues_in_many_communities(client, monkeypatch):
    monkeypatch.setattr("passeur.desk.views.drawing.PAGE_SIZE", 500)  # every kind of cue on both pages
    place = Place()
    others = [Place(always_open(name=f"Communauté {n}"), manager=place.manager) for n in range(3)]
    client.force_login(place.manager)

    def happen(somewhere, times):
        for happening in HAPPENINGS.values():
            for n in range(times):
                happening(somewhere, n)
        for n in range(times):
            asked = somewhere.asked(somewhere.member(f"Élan {n}"), hours=26)
            key = f"waiting-question:{asked.pk}"
            if n % 2:
                services.put_done(community=somewhere.community, key=key, by=place.manager)
            else:
                services.snooze(community=somewhere.community, key=key, until=Snooze.MONTH, by=place.manager)

    def asked_of_the_page(view):
        with CaptureQueriesContext(connection) as seen:
            page = client.get(reverse("desk:today"), {"view": view})
        assert page.status_code == 200
        return len(seen)

    def asked_of_each():
        """The second time: at the first more is looked up, and kept where there is room for it."""
        for somewhere in (place, *others):
            services.fill(somewhere.community)
        found = {}
        for view in ("today", "week", "snoozed", "done"):
            rereading.forget()
            asked_of_the_page(view)
            found[view] = asked_of_the_page(view)
        return found

    happen(place, 2)
    few = asked_of_each()
    for somewhere in others:
        happen(somewhere, 3)
    assert asked_of_each() == few


@pytest.mark.parametrize(
    ("happenings", "most"),
    [(["waiting-question"], ANEW), (list(HAPPENINGS), ANEW_OF_ALL)],
    ids=["one", "all"],
)
def test_a_page_made_anew_asks_no_more_than(client, monkeypatch, happenings, most):
    """What several rules ask of the same people and questions is asked once for a page."""
    monkeypatch.setattr("passeur.desk.views.drawing.PAGE_SIZE", 500)
    place = Place()
    for name in happenings:
        for n in range(3):
            HAPPENINGS[name](place, n)
    services.fill(place.community)
    client.force_login(place.manager)
    client.get(reverse("desk:today"))
    rereading.forget()
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("desk:today"))
    assert len(seen) <= most


def test_reading_is_logged_in_one_query_for_all():
    place = Place()
    for n in range(5):
        alone(place, n)
    cues = place.cues("never-exchanged")
    with CaptureQueriesContext(connection) as seen:
        services.log_reading(reader=place.manager, cues=cues)
    assert len(seen) == 1
