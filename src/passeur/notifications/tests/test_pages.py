"""The page of what one was told, and the page of preferences."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory

from .. import queries, services
from ..choices import Rhythm, Way
from ..models import Notice, Wishes
from ..services import digesting
from .factories import ChoiceFactory, WishesFactory, post
from .test_telling import tell

pytestmark = pytest.mark.django_db
LIST, PREFERENCES = "/me/notifications/", "/me/notifications/preferences/"


@pytest.fixture
def reading(client, anais, things):
    client.force_login(anais)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_empty_it_says_what_will_come(reading):
    assert "Rien ne vous attend" in text_of(reading.get(LIST))


def test_it_shows_what_happened_and_ends(reading, anais):
    tell(anais, what=1)
    tell(anais, what=2)
    page = text_of(reading.get(LIST))
    assert "Chose 1" in page
    assert "(nouveau)" in page
    assert "Vous êtes à jour" in page


def test_the_bell_has_a_dot_and_never_a_number(reading, anais):
    tell(anais)
    page = text_of(reading.get(PREFERENCES))
    bell = re.search(r'<a class="btn quiet icon" href="/me/notifications/".*?</a>', page)
    assert bell
    assert 'class="dot"' in bell[0]
    assert "du nouveau" in bell[0]
    reading.get(LIST)
    page = text_of(reading.get(PREFERENCES))
    bell = re.search(r'<a class="btn quiet icon" href="/me/notifications/".*?</a>', page)
    assert bell
    assert 'class="dot"' not in bell[0]


def test_a_line_leads_to_the_thing_and_is_new_no_more(reading, anais):
    tell(anais)
    notice = Notice.objects.get()
    answer = reading.get(reverse("notifications:open", args=[notice.pk]))
    assert answer.url == "/things/1/"
    notice.refresh_from_db()
    assert not notice.is_new


def test_the_notices_of_others_are_not_found(reading, anais, things):
    tell(MemberFactory.create())
    assert reading.get(reverse("notifications:open", args=[Notice.objects.get().pk])).status_code == 404
    assert "Rien ne vous attend" in text_of(reading.get(LIST))


def test_what_one_may_not_see_leads_nowhere(reading, anais, things):
    tell(anais)
    things.hidden = {1}
    assert reading.get(reverse("notifications:open", args=[Notice.objects.get().pk])).status_code == 404


def test_all_of_it_can_be_said_to_be_read(reading, anais):
    tell(anais, object=1)
    tell(anais, object=2)
    reading.post("/me/notifications/read/")
    assert not any(notice.is_new for notice in Notice.objects.all())


def test_a_long_list_has_pages_and_costs_the_same(reading, anais):
    for number in range(70):
        tell(anais, object=number)
    Notice.objects.filter(object__lt=69).delete()
    with CaptureQueriesContext(connection) as one:
        reading.get(LIST)
    for number in range(69):
        tell(anais, object=number)
    with CaptureQueriesContext(connection) as many:
        page = text_of(reading.get(LIST))
    assert len(many) <= len(one) <= 16
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert "Vous êtes à jour" not in page
    assert "Chose 38" in text_of(reading.get(LIST + following[1].replace("&amp;", "&")))


def form_of(reading) -> dict[str, str]:
    """The form as it is shown, filled in."""
    form = reading.get(PREFERENCES).context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is True:
            values[field.name] = "on"
        elif value is not False:
            values[field.name] = value.strftime("%H:%M") if isinstance(value, dt.time) else str(value)
    return values


def test_saving_what_is_shown_changes_nothing(reading, anais):
    before = queries.ways(anais)
    assert reading.post(PREFERENCES, form_of(reading)).status_code == 302
    assert queries.ways(anais) == before
    wishes = Wishes.objects.get(member=anais)
    assert (wishes.quiet_from, wishes.quiet_until, wishes.daily_cap) == (dt.time(19), dt.time(8), 5)


def test_choices_are_kept(reading, anais):
    chosen = {"way-thing": "none", "quiet_from": "22:00", "daily_cap": "1", "rhythm": "weekly"}
    answer = reading.post(PREFERENCES, {**form_of(reading), **chosen})
    assert answer.status_code == 302
    assert queries.ways(anais)["thing"] == Way.NONE
    wishes = Wishes.objects.get(member=anais)
    assert (wishes.quiet_from, wishes.daily_cap, wishes.rhythm) == (dt.time(22), 1, Rhythm.WEEKLY)
    assert wishes.digest_at is not None
    assert wishes.digest_at.astimezone(queries.zone_of(anais)).weekday() == 0


def test_a_digest_that_never_comes_holds_nothing(reading, anais):
    answer = reading.post(PREFERENCES, {**form_of(reading), "way-thing": "digest"})
    assert answer.status_code == 422
    assert "Choisissez quand vient votre résumé" in text_of(answer)


@pytest.mark.parametrize(
    ("field", "value"),
    [("daily_cap", "0"), ("daily_cap", "x"), ("quiet_from", "25:00"), ("way-thing", "pigeon")],
)
def test_what_makes_no_sense_is_refused_and_what_was_typed_is_kept(reading, anais, field, value):
    answer = reading.post(PREFERENCES, {**form_of(reading), field: value})
    assert answer.status_code == 422
    assert not Wishes.objects.filter(member=anais, daily_cap=0).exists()


def test_the_cap_and_what_was_sent_today_can_be_seen(reading, anais):
    Notice.objects.all().delete()
    tell(anais)
    Wishes.objects.update_or_create(
        member=anais,
        defaults={"quiet_from": dt.time(0), "quiet_until": dt.time(0), "quiet_weekend": False},
    )
    Notice.objects.update(due_at=timezone.now())
    post(timezone.now())
    assert len(mail.outbox) == 1
    assert "Aujourd’hui" in text_of(reading.get(PREFERENCES))
    assert "courriel sur 5" in text_of(reading.get(PREFERENCES)).replace("\u00a0", " ")


def test_nobody_chooses_for_another(anais, things):
    other = MemberFactory.create()
    with pytest.raises(PermissionDenied):
        services.choose(member=anais, by=other, ways={"thing": Way.NONE})
    assert queries.ways(anais)["thing"] == Way.MAIL


def test_a_digest_comes_when_quiet_hours_end_on_the_days_chosen(anais):
    wishes = WishesFactory.create(member=anais, rhythm=Rhythm.DAILY)
    friday = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
    zone = queries.zone_of(anais)
    following = digesting.next_digest(anais, wishes, friday)
    assert following is not None
    assert following.astimezone(zone).isoformat() == "2026-11-30T08:00:00+01:00"
    wishes.rhythm = Rhythm.WEEKLY
    later = digesting.next_digest(anais, wishes, following)
    assert later is not None
    assert later.astimezone(zone).isoformat() == "2026-12-07T08:00:00+01:00"


def test_a_kind_set_to_the_digest_is_not_told_twice(anais, things):
    ChoiceFactory.create(member=anais, kind="thing", way="digest")
    start = dt.datetime(2030, 1, 8, 9, tzinfo=dt.UTC)
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=start, digest_until=timezone.now())
    tell(anais)
    assert post(start) == 1
    assert post(start + dt.timedelta(days=1)) == 0
