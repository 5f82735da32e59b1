"""Who read which list of people: once a day, shown to the person, gone after a year."""

import datetime as dt

import pytest
from django.utils import timezone

from .. import queries, services
from ..models import Consultation
from .factories import ConsultationFactory, Place

pytestmark = pytest.mark.django_db


def test_a_list_is_logged_once_a_day_for_each_person_in_it():
    place = Place()
    for n in range(3):
        place.member(f"Anaïs {n}", days=9)
    for _ in range(2):
        services.log_reading(reader=place.manager, cues=place.cues("never-exchanged"))
    assert Consultation.objects.count() == 3


def test_lists_that_name_nobody_are_not_logged():
    place = Place()
    place.asked(place.member("Karim Haddad"), hours=26)
    services.log_reading(reader=place.manager, cues=place.cues("waiting-question"))
    assert not Consultation.objects.exists()


def test_a_person_reads_who_read_which_list_and_for_what():
    kept = ConsultationFactory.create(day=timezone.localdate() - dt.timedelta(days=1))
    ConsultationFactory.create()
    newest = ConsultationFactory.create(member=kept.member, community=kept.community, reader=kept.reader)
    assert [(one.reader, str(one.list_name), one.day) for one in queries.about_me(kept.member)] == [
        (kept.reader, "Personne seule", newest.day),
        (kept.reader, "Personne seule", kept.day),
    ]


def test_entries_expire_after_a_year():
    today = timezone.localdate()
    old = ConsultationFactory.create(day=today - dt.timedelta(days=366))
    kept = ConsultationFactory.create(day=today - dt.timedelta(days=365))
    assert services.expire_consultations() == 1
    assert list(Consultation.objects.all()) == [kept]
    assert old.pk != kept.pk
