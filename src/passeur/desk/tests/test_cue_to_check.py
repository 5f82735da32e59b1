"""Texts that nobody looked at in time: one line, from the day the list has them, the most useful first."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.communities import services as communities
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, Meaning
from passeur.conversations.services import lasting
from passeur.conversations.tests.factories import ReactionFactory, VerificationFactory
from passeur.engagement import queries as measures
from passeur.outreach.choices import Purpose

from .. import services
from ..choices import About, Horizon
from ..cues import Subject, rules
from ..services.gestures import Given
from .factories import lists

pytestmark = pytest.mark.django_db
RULE = "to-check"


def plain(words):
    """With the spaces of a keyboard in place of those of French typography."""
    return words.replace("\xa0", " ").replace("\u202f", " ")


def tell(*conversations):
    lasting.tell([one.pk for one in conversations])


def solved(place, author, *, days, title="Comment fiabiliser l’import ?"):
    """A question with an answer accepted so many days ago, as the measures know it."""
    asked = place.asked(place.member("Karim Haddad"), hours=days * 24 + 2, title=title)
    answer = place.wrote(asked, author, hours=days * 24 + 1)
    asked.accepted_answer, asked.accepted_at, asked.accepted_by = answer, place.ago(days=days), asked.author
    asked.save()
    tell(asked)
    return answer


def helped(answer, people):
    for _ in range(people):
        ReactionFactory.create(contribution=answer, meaning=Meaning.HELPS)
    tell(answer.conversation)


@pytest.fixture
def mei(place):
    return place.member("Mei Tran")


def test_a_text_nobody_looked_at_for_a_year_is_told_with_who_could(place, mei):
    answer = solved(place, mei, days=400)
    helped(answer, 6)
    cue = place.cue(RULE)
    assert plain(cue.title) == "« Comment fiabiliser l’import ? » est à relire"
    assert "Utile selon <b>7 avis</b> sur 7." in plain(cue.why)
    assert (cue.horizon, cue.weight, cue.waiting) == (Horizon.WEEK, 2, None)
    assert cue.url == reverse("conversations:contribution", args=[answer.pk])
    assert [move.slug for move in cue.moves] == ["read_again", f"ask_to_check-{mei.pk}", "ask_to_check"]


def test_nothing_is_said_of_what_is_in_date_or_of_what_does_not_last(place, mei):
    solved(place, mei, days=300)
    tell(place.asked(mei, hours=9_999, kind=Kind.DISCUSSION))
    tell(place.asked(mei, hours=9_999))
    assert place.cues(RULE) == []


def test_one_line_tells_of_all_the_most_useful_first(place, mei):
    for n in range(3):
        solved(place, mei, days=400 + n, title=f"Question {n}")
    helped(solved(place, mei, days=390, title="Celle qui sert"), 5)
    cue = place.cue(RULE)
    assert plain(cue.title) == "« Celle qui sert » et 3 autres textes sont à relire"
    assert plain(cue.why).startswith("Le plus utile d’abord : ")


def test_few_words_do_not_make_the_most_useful(place, mei):
    """One of one is less sure than nine of eleven."""
    solved(place, mei, days=400, title="Une sur une")
    many = solved(place, mei, days=390, title="Neuf sur onze")
    helped(many, 8)
    for holds, days in ((False, 385), (False, 384), (True, 380)):
        VerificationFactory.create(
            contribution=many, holds=holds, reason="" if holds else "Non.", created_at=place.ago(days=days)
        )
    tell(many.conversation)
    assert plain(place.cue(RULE).title).startswith("« Neuf sur onze »")
    assert "Utile selon <b>9 avis</b> sur 11." in plain(place.cue(RULE).why)


def test_a_look_takes_it_away_and_the_next_one_stands_there(place, mei):
    first, second = (solved(place, mei, days=400 + n, title=f"Question {n}") for n in range(2))
    helped(first, 5)
    for text, left in ((first, ["« Question 1 » est à relire"]), (second, [])):
        conversations.say_it_holds(conversation=text.conversation, by=mei)
        tell(text.conversation)
        assert [plain(cue.title) for cue in place.cues(RULE)] == left


def test_the_line_begins_on_the_day_on_which_the_list_has_the_text(place, mei):
    """By weeks, as the page of figures counts: on every day of eight weeks."""
    writers = [place.member(f"Ada {n}") for n in range(5)]
    for n, writer in enumerate(writers):
        solved(place, writer, days=10 + 11 * n)
    (rule,) = [one for one in rules() if one.name == RULE]
    today = timezone.localdate(place.now)
    for interval in (30, 31, 365):
        place.community.verified_for = interval
        place.community.save()
        week = measures.oldest([place.community.pk])[place.community.pk]
        for ahead in range(-7, 400, 13):
            day = today + dt.timedelta(days=ahead)
            moment = dt.datetime.combine(day, dt.time(12), timezone.get_default_timezone())
            is_late = bool(measures.late({place.community.pk: interval}, day))
            assert is_late == (measures.due_on(week, interval) <= day)
            scope = place.scope(now=moment)
            found = rule.judge(scope, [Subject(place.community.pk, About.COMMUNITY, place.community.pk)])
            assert is_late == any(cue.stands_at(moment) for cue in found)


def test_the_list_is_offered_where_it_is_shown_and_holds_the_texts(client, place, mei):
    for n in range(5):
        solved(place, place.member(f"Ada {n}"), days=400 + n)
    (move,) = [move for move in place.cue(RULE).moves if move.name == "whole_list"]
    client.force_login(place.manager)
    assert client.get(move.url).context["count"] == 5


def test_of_few_authors_no_list_is_offered(place, mei):
    for n in range(3):
        solved(place, mei, days=400 + n)
    assert "whole_list" not in [move.name for move in place.cue(RULE).moves]


def test_the_author_is_asked_by_a_note(place, mei):
    solved(place, mei, days=400)
    cue = place.cue(RULE)
    step = services.move(
        community=place.community,
        key=cue.key,
        slug=f"ask_to_check-{mei.pk}",
        given=Given(text="Tient-elle toujours ?"),
        by=place.manager,
    )
    note = mei.notes_received.get()
    assert (note.purpose, note.text) == (Purpose.CHECK, "Tient-elle toujours ?")
    assert place.lists().week == []
    services.undo(step=step, by=place.manager)
    assert [line.cue.key for line in place.lists().week] == [cue.key]


def test_who_left_or_came_with_an_import_is_not_asked(place):
    solved(place, place.imported("Paul Martin"), days=400)
    assert [move.slug for move in place.cue(RULE).moves] == ["read_again", "ask_to_check"]


def test_another_interval_and_another_look_move_the_line_by_themselves(place, mei, run_jobs):
    answer = solved(place, mei, days=100)
    services.fill(place.community, now=place.now)
    of = place.community

    def interval(days):
        communities.update_community(
            community=of, name=of.name, purpose=of.purpose, entry=of.entry, language=of.language,
            time_zone=of.time_zone, first_reply_goal=of.first_reply_goal, verified_for=days,
            quiet_from=of.quiet_from, quiet_until=of.quiet_until, by=place.manager,
        )  # fmt: skip
        run_jobs()

    def standing():
        found = lists(place.manager, [of], timezone.now())
        return [line.cue.rule.name for line in found.week if line.cue.rule.name == RULE]

    assert standing() == []
    interval(60)
    assert standing() == [RULE]
    conversations.say_it_holds(conversation=answer.conversation, by=mei)
    run_jobs()
    assert standing() == []
