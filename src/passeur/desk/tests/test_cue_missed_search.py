import datetime as dt

import pytest
from django.utils import timezone

from passeur.conversations.tests.factories import SearchMissFactory

from ..choices import Horizon

pytestmark = pytest.mark.django_db
RULE = "missed-search"


def missed(place, *, days=0, times=1, words="macro inventaire"):
    day = timezone.localdate(place.now) - dt.timedelta(days=days)
    return SearchMissFactory.create(community=place.community, words=words, day=day, times=times)


def test_words_searched_three_times_in_vain_are_found(place):
    missed(place, days=3, times=2)
    missed(place, days=1)
    cue = place.cue(RULE)
    assert cue.title == "«\xa0macro inventaire\xa0»\xa0: rien à trouver ici"
    assert cue.why == "Cherché <b>3 fois</b> en trente jours, sans rien trouver."
    assert (cue.about, cue.horizon, cue.waiting, list(cue.people)) == (
        "macro inventaire",
        Horizon.WEEK,
        None,
        [],
    )
    assert [move.name for move in cue.moves] == ["ask_content", "open_question"]
    assert "«\xa0macro inventaire\xa0»" in cue.moves[0].draft


def test_twice_is_not(place):
    missed(place, times=2)
    assert place.cues(RULE) == []


def test_only_the_last_thirty_days_count(place):
    missed(place, days=31, times=5)
    assert place.cues(RULE) == []
    missed(place, days=30, times=3)
    assert len(place.cues(RULE)) == 1


def test_ten_times_weighs_more(place):
    missed(place, times=9)
    before = place.cue(RULE).weight
    missed(place, days=1)
    assert place.cue(RULE).weight == before + 1


def test_other_words_are_another_cue_and_one_word_keeps_its_key(place):
    missed(place, times=3)
    before = place.cue(RULE).key
    missed(place, times=3, words="bilan carbone")
    assert before in {cue.key for cue in place.cues(RULE)}
    assert len(place.cues(RULE)) == 2


def test_searches_elsewhere_do_not_count(place):
    SearchMissFactory.create(times=5)
    assert place.cues(RULE) == []
