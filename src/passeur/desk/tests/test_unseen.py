"""Who would rather not have it seen that nobody exchanges with them is in none of the lists that say so."""

import pytest
from django.utils import translation

from passeur.accounts import services as choosing
from passeur.accounts.queries import told

pytestmark = pytest.mark.django_db
COMPANY = "engagement.company"


@pytest.fixture(params=["never-exchanged", "gone-quiet"])
def found(place, request):
    """Somebody in that list, and its name."""
    if request.param == "never-exchanged":
        return place.member("Ada Lovelace", days=20), request.param
    ada = place.member("Ada Lovelace")
    place.talked(place.member("Mei Tran"), ada, days=90)
    return ada, request.param


def test_the_line_goes_at_once_and_comes_back(place, found, run_jobs):
    ada, rule = found
    now = [cue for cue in place.cues(rule) if cue.people == [ada.pk]]
    assert len(now) == 1
    for on in (False, True):
        choosing.set_choice(member=ada, key=COMPANY, on=on)
        run_jobs()
        assert bool([cue for cue in place.cues(rule) if cue.people == [ada.pk]]) is on


def test_the_person_reads_how_to_stop_it(place, found):
    ada, _rule = found
    place.lists()
    with translation.override("fr"):
        (line,) = [one for one in told(ada).known if one.what.startswith("Signal")]
    assert line.is_inferred
    assert line.moves[0].fields == (("key", COMPANY),)
