import datetime as dt

import pytest
from django.utils import timezone

from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.conversations.queries import needs
from passeur.conversations.services.indexing import index
from passeur.conversations.tests.factories import SearchMissFactory, question

from ..choices import Horizon
from ..models import Entry
from ..services import fill

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


def answer(place, title="Notre macro d’inventaire, pas à pas"):
    return conversations.start_conversation(
        community=place.community, kind=Kind.QUESTION, title=title, body="Pas à pas.", by=place.manager
    )


def test_what_a_search_finds_now_is_no_need_any_more(place):
    missed(place, times=4)
    assert place.cue(RULE)
    written = answer(place, title="Le bilan carbone")
    index([written.pk])
    assert place.cue(RULE)
    written = answer(place)
    index([written.pk])
    assert place.cues(RULE) == []
    conversations.delete(contribution=written.contributions.get(), by=place.manager)
    index([written.pk])
    assert place.cue(RULE)


def test_what_answers_it_elsewhere_does_not_count(place):
    missed(place, times=4)
    other = question(title="Une macro pour l’inventaire")
    index([other.pk])
    assert place.cue(RULE)


def test_the_kept_entry_ends_when_what_was_written_is_indexed(place, run_jobs):
    missed(place, times=4)
    fill(place.community)
    entries = Entry.objects.filter(community=place.community, rule=RULE)
    assert entries.exists()
    answer(place)
    run_jobs()
    assert not entries.exists()


def test_of_many_words_one_query_says_which_are_found(place, django_assert_num_queries):
    searches = [(place.community.pk, f"mot{n}", f"mot{n}") for n in range(20)]
    with django_assert_num_queries(1):
        assert needs.found_now([*searches, (place.community.pk, "-", "-")]) == set()
