"""What comes back comes at its hour whatever the clocks do; somebody sees to it; it is said what it drew."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.protocols import Traces, holders
from passeur.communities.choices import Role
from passeur.communities.tests.factories import ManagerFactory, MembershipFactory, PrivateCommunityFactory
from passeur.conversations.tests.factories import ContributionFactory
from passeur.notifications.protocols import Told

from .. import errors, notices, queries, services, tasks
from ..choices import Cadence, Form, State
from ..models import Occurrence, Ritual
from .factories import MONDAY, OccurrenceFactory, RitualFactory

pytestmark = pytest.mark.django_db
SUNDAY_NIGHT = dt.datetime(2026, 3, 1, 22, 0, tzinfo=dt.UTC)
NINE = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(SUNDAY_NIGHT)
    return set_clock


@pytest.fixture
def community(at):
    return PrivateCommunityFactory.create()


@pytest.fixture
def naima(community):
    return ManagerFactory.create(community=community).member


@pytest.fixture
def ritual(community):
    return RitualFactory.create(community=community)


@pytest.fixture
def occurrence(ritual):
    services.plan_one(ritual)
    return ritual.occurrences.get(day=MONDAY)


def told(monkeypatch):
    """(member, what) of each reminder from here on."""
    heard: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "passeur.notifications.services.tell",
        lambda kind, *, to, what, **about: heard.extend((pk, what) for pk in to),
    )
    return heard


# The calendar


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"cadence": Cadence.WEEKLY}, ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"]),
        ({"cadence": Cadence.FORTNIGHTLY}, ["2026-03-02", "2026-03-16", "2026-03-30"]),
        ({"cadence": Cadence.WEEKLY, "weekday": 4}, ["2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"]),
        ({"cadence": Cadence.MONTHLY, "day": 31}, ["2026-03-31"]),
    ],
)
def test_the_days_of_each_cadence(fields, days):
    ritual = RitualFactory.build(community=None, owner=None, substitute=None, **fields)
    found = queries.days_of(ritual, MONDAY, dt.date(2026, 3, 31))
    assert [day.isoformat() for day in found] == days


def test_the_31st_is_the_last_day_of_a_shorter_month():
    ritual = RitualFactory.build(community=None, owner=None, substitute=None, cadence=Cadence.MONTHLY, day=31)
    found = queries.days_of(ritual, dt.date(2027, 1, 15), dt.date(2027, 3, 31))
    assert [day.isoformat() for day in found] == ["2027-01-31", "2027-02-28", "2027-03-31"]


def test_every_second_week_stays_the_same_one_wherever_one_begins_to_look():
    ritual = RitualFactory.build(community=None, owner=None, substitute=None, cadence=Cadence.FORTNIGHTLY)
    assert queries.days_of(ritual, dt.date(2026, 3, 9), dt.date(2026, 3, 20)) == [dt.date(2026, 3, 16)]


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ("2026-03-28", "09:00", "2026-03-28T08:00"),
        ("2026-03-30", "09:00", "2026-03-30T07:00"),
        ("2026-10-26", "09:00", "2026-10-26T08:00"),
        ("2026-03-29", "02:30", "2026-03-29T01:30"),  # skipped: as much after the change
        ("2026-10-25", "02:30", "2026-10-25T00:30"),  # twice: the first
    ],
)
def test_the_hour_on_the_wall_stays_when_clocks_change(day, hour, utc):
    found = queries.instant(dt.date.fromisoformat(day), dt.time.fromisoformat(hour), "Europe/Paris")
    assert found == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


# Planning


def test_planning_again_changes_nothing(ritual):
    services.plan_all()
    before = list(Occurrence.objects.values_list("pk", "at"))
    services.plan_all()
    assert list(Occurrence.objects.values_list("pk", "at")) == before
    assert len(before) == 5


def test_after_a_stop_what_fell_into_it_was_missed_and_what_comes_is_planned(ritual, at):
    services.plan_all()
    at(SUNDAY_NIGHT + dt.timedelta(days=70))
    for _ in range(2):
        tasks.go_on(0)
    states = list(ritual.occurrences.order_by("day").values_list("state", flat=True))
    assert states == [State.MISSED] * 10 + [State.PLANNED] * 6


def test_a_change_plans_anew_what_has_not_come(ritual, naima):
    services.plan_one(ritual)
    ritual.weekday = 4
    services.save(ritual=ritual, by=naima)
    assert {one.day.weekday() for one in ritual.occurrences.all()} == {4}


def test_a_pause_plans_nothing_and_does_not_make_up_for_it(ritual, occurrence, naima, at):
    services.pause(ritual=ritual, by=naima)
    at(SUNDAY_NIGHT + dt.timedelta(days=21))
    services.plan_all()
    assert not ritual.occurrences.exists()
    services.resume(ritual=ritual, by=naima)
    services.miss()
    assert ritual.occurrences.order_by("day")[0].day == dt.date(2026, 3, 23)


def test_what_ended_does_not_come_back(ritual, occurrence, naima):
    services.end(ritual=ritual, by=naima)
    services.plan_all()
    services.resume(ritual=ritual, by=naima)
    assert not ritual.occurrences.exists()
    ritual.refresh_from_db()
    with pytest.raises(errors.Ended):
        services.save(ritual=ritual, by=naima)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EXPERT, Role.TRAINING_MANAGER])
def test_only_the_lcm_plans(ritual, role):
    by = MembershipFactory.create(community=ritual.community, role=role).member
    for act in (services.save, services.pause, services.resume, services.end):
        with pytest.raises(PermissionDenied):
            act(ritual=ritual, by=by)


def test_those_in_charge_belong_to_the_community(ritual, naima):
    ritual.substitute = MembershipFactory.create().member
    with pytest.raises(errors.NotAMember):
        services.save(ritual=ritual, by=naima)


# Reminding, standing in


def test_the_owner_is_reminded_once_before(ritual, occurrence, at, monkeypatch):
    heard = told(monkeypatch)
    at(NINE - 25 * HOUR)
    assert services.remind() == 0
    at(NINE - 23 * HOUR)
    assert [services.remind(), services.remind()] == [1, 0]
    assert heard == [(ritual.owner_id, 1)]


@pytest.mark.parametrize("away", ["pause", "left", "closed"])
def test_the_substitute_is_reminded_when_the_owner_is_away(ritual, occurrence, monkeypatch, away):
    owner = ritual.owner
    if away == "pause":
        owner.paused_until = MONDAY
    if away == "closed":
        owner.is_active = False
    owner.save()
    if away == "left":
        owner.memberships.update(left_at=SUNDAY_NIGHT)
    heard = told(monkeypatch)
    services.remind()
    assert heard == [(ritual.substitute_id, 1)]


def test_the_substitute_takes_over_at_the_hour_when_nothing_was_done(ritual, occurrence, at, monkeypatch):
    heard = told(monkeypatch)
    assert services.hand_over() == 0
    at(NINE + HOUR)
    assert [services.hand_over(), services.hand_over()] == [1, 0]
    assert heard == [(ritual.substitute_id, 2)]


def test_a_reminder_says_what_comes_and_what_should_have_come(ritual, occurrence, at):
    told = [Told(occurrence.pk, [1])]
    at(NINE - HOUR)
    assert "prévu" not in notices._lines(ritual.owner, told)[occurrence.pk].words
    at(NINE + HOUR)
    assert "vous attend\u00a0: c’était prévu" in notices._lines(ritual.owner, told)[occurrence.pk].words


def test_what_was_done_is_neither_handed_over_nor_missed(ritual, occurrence, at, monkeypatch):
    heard = told(monkeypatch)
    services.hold_post(occurrence=occurrence, title="Lundi", body="Alors ?", by=ritual.owner)
    at(NINE + 48 * HOUR)
    services.hand_over()
    services.miss()
    occurrence.refresh_from_db()
    assert (occurrence.state, heard) == (State.DONE, [])


def test_a_day_after_its_hour_it_was_missed(occurrence, at):
    at(NINE + 23 * HOUR)
    assert services.miss() == 0
    at(NINE + 24 * HOUR)
    assert services.miss() == 1


def test_a_notice_falls_out_when_it_is_done_or_the_person_left(ritual, occurrence):
    owner = ritual.owner
    assert notices.DUE.still_due(owner, [occurrence.pk]) == {occurrence.pk}
    assert notices.DUE.still_due(ritual.substitute, [occurrence.pk]) == {occurrence.pk}
    stranger = MembershipFactory.create(community=ritual.community).member
    assert notices.DUE.still_due(stranger, [occurrence.pk]) == set()
    owner.memberships.update(left_at=SUNDAY_NIGHT)
    assert notices.DUE.still_due(owner, [occurrence.pk]) == set()


# Seeing to it, and what it drew


def test_it_is_done_once(ritual, occurrence):
    conversation = services.hold_post(occurrence=occurrence, title="Lundi", body="Alors ?", by=ritual.owner)
    with pytest.raises(errors.AlreadyDone):
        services.hold_post(occurrence=occurrence, title="Lundi", body="Alors ?", by=ritual.substitute)
    occurrence.refresh_from_db()
    assert (occurrence.conversation, occurrence.done_by) == (conversation, ritual.owner)


def test_others_do_not_see_to_it(ritual, occurrence):
    other = MembershipFactory.create(community=ritual.community).member
    with pytest.raises(PermissionDenied):
        services.hold_post(occurrence=occurrence, title="Lundi", body="Alors ?", by=other)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (0, "Personne n’a encore répondu."),
        (4, "Quelques personnes ont répondu."),
        (5, "5 personnes ont répondu."),
    ],
)
def test_people_who_answered_are_counted_once_each_and_few_are_not_numbered(
    ritual, occurrence, people, words
):
    conversation = services.hold_post(occurrence=occurrence, title="Lundi", body="Alors ?", by=ritual.owner)
    for _ in range(people):
        author = MembershipFactory.create(community=ritual.community).member
        ContributionFactory.create_batch(2, conversation=conversation, author=author)
    ContributionFactory.create(conversation=conversation, author=ritual.owner)
    (past,) = queries.plans(ritual.community)[0].past
    assert past.drew == words


@pytest.mark.parametrize(
    ("came", "words"), [(None, ""), (3, "Quelques personnes sont venues."), (12, "12 personnes sont venues.")]
)
def test_an_event_is_ticked_with_how_many_came(ritual, occurrence, came, words):
    Ritual.objects.update(form=Form.EVENT)
    services.hold_event(occurrence=occurrence, took_part=came, by=ritual.substitute)
    (past,) = queries.plans(ritual.community)[0].past
    assert past.drew == words


# Pages


def test_the_plan_is_made_and_read_by_the_lcm(client, naima, community):
    client.force_login(naima)
    made = client.post(
        reverse("rituals:create", args=[community.slug]),
        {
            "form": "event",
            "title": "Café données",
            "cadence": "fortnightly",
            "weekday": "2",
            "day": "1",
            "hour": "12:30",
            "starts_on": "2026-03-02",
            "owner": f"@{naima.handle}",
            "reminder": "24",
        },
    )
    assert made.status_code == 302
    page = client.get(reverse("rituals:plan", args=[community.slug])).content.decode()
    assert page.count("S’en charger") == 1
    assert page.count("12\xa0h\xa030") == 3
    assert "Café données" in page


def test_somebody_unknown_is_not_put_in_charge(client, naima, ritual):
    client.force_login(naima)
    address = reverse("rituals:edit", args=[ritual.community.slug, ritual.pk])
    again = client.post(address, {"owner": "personne-du-tout"})
    assert again.status_code == 422
    assert "Personne de ce nom dans la communauté" in again.content.decode()


def test_soon_is_for_members_and_names_no_private_community_to_others(client, ritual, occurrence):
    client.force_login(ritual.owner)
    page = client.get(reverse("feed:mine")).content.decode()
    assert "La question du lundi" in page
    assert reverse("rituals:hold", args=[occurrence.pk]) in page
    stranger = MembershipFactory.create().member
    client.force_login(stranger)
    assert "La question du lundi" not in client.get(reverse("feed:mine")).content.decode()
    assert client.get(reverse("rituals:hold", args=[occurrence.pk])).status_code == 404


def test_the_plan_asks_as_much_for_many(client, naima, ritual):
    client.force_login(naima)
    address = reverse("rituals:plan", args=[ritual.community.slug])

    def asked():
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    OccurrenceFactory.create(ritual=ritual)
    OccurrenceFactory.create(ritual=ritual, day=MONDAY - dt.timedelta(days=7), state=State.DONE)
    asked()
    few = asked()
    for n in range(1, 6):
        OccurrenceFactory.create(ritual=ritual, day=MONDAY + dt.timedelta(days=n), state=State.DONE)
    assert asked() == few


def test_an_erased_person_is_in_charge_of_nothing(ritual, occurrence):
    held = dict(holders())["rituals"]
    owner = ritual.owner
    Ritual.objects.update(text=f"Écrivez à {owner.name}.")
    held.erase(owner, Traces(names=[owner.name], addresses=[], handles=[]))
    ritual.refresh_from_db()
    assert ritual.owner is None
    assert owner.name not in ritual.text


def test_times_before_it_was_planned_here_are_told_with_who_came_and_the_weeks_go_on(at, community):
    ritual = RitualFactory.create(
        community=community, form=Form.EVENT, cadence=Cadence.FORTNIGHTLY,
        starts_on=MONDAY - dt.timedelta(days=28),
    )  # fmt: skip
    services.took_place(community=community.pk, title=ritual.title, came=[7, 12])
    services.plan_one(ritual)
    [plan] = queries.plans(community)
    assert [(one.occurrence.day, one.drew) for one in plan.past] == [
        (MONDAY - dt.timedelta(days=14), "12 personnes sont venues."),
        (MONDAY - dt.timedelta(days=28), "7 personnes sont venues."),
    ]
    assert plan.coming[0].occurrence.day == MONDAY
    assert {one.occurrence.done_by for one in plan.past} == {ritual.owner}
