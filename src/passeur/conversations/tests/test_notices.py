"""Who is told what of a conversation: each person once, by what concerns them most, if they may read it."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.communities.choices import Entry
from passeur.communities.tests.factories import (
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.notifications import queries as notifications
from passeur.notifications.choices import Rhythm
from passeur.notifications.tests.factories import ChoiceFactory, WishesFactory, post, tuesday

from .. import services
from ..choices import Kind, Meaning
from ..queries import threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return PrivateCommunityFactory.create()


def member(community, name):
    handle = name.split()[0].lower()
    return MembershipFactory.create(community=community, member__name=name, member__handle=handle).member


@pytest.fixture
def anais(community):
    return member(community, "Anaïs Girard")


@pytest.fixture
def karim(community):
    return member(community, "Karim Haddad")


@pytest.fixture
def mei(community):
    return member(community, "Mei Tran")


@pytest.fixture
def asked(community, anais, run_jobs):
    started = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Où sont les stocks ?", body="Je cherche.", by=anais
    )
    run_jobs()
    return started


@pytest.fixture
def answer(asked, karim, run_jobs):
    written = services.contribute(conversation=asked, body="Dans l’entrepôt, **allée 4**.", by=karim)
    run_jobs()
    return written


def told(person) -> list[tuple[str, str]]:
    """(kind, words) of what the page shows somebody."""
    return [
        (one.kind.slug, one.line.words.replace("\u00a0", " "))
        for group in notifications.listed(person).groups
        for one in group.shown
    ]


def test_who_asked_is_told_of_answers_grouped(asked, answer, anais, karim, mei, run_jobs):
    assert told(anais) == [("answer", "Karim Haddad vous répond")]
    services.contribute(conversation=asked, body="Ou derrière.", by=mei)
    run_jobs()
    assert told(anais) == [("answer", "Mei Tran et Karim Haddad : 2 messages")]
    assert told(mei) == []


def test_those_who_follow_are_told_and_get_no_mail_unless_they_want_it(
    asked, answer, anais, karim, mei, run_jobs
):
    services.contribute(conversation=asked, body="Ou derrière.", by=mei)
    run_jobs()
    assert told(karim) == [("reply", "Mei Tran a écrit")]
    post()
    assert [letter.to for letter in mail.outbox] == [[anais.email]]


def test_a_mention_is_told_once_and_by_mail(asked, answer, anais, karim, run_jobs):
    services.contribute(conversation=asked, body="@karim, quelle allée ?", by=anais)
    run_jobs()
    assert told(karim) == [("mention", "Anaïs Girard vous mentionne")]
    post()
    (letter,) = [letter for letter in mail.outbox if letter.to == [karim.email]]
    assert "quelle allée ?" in letter.body
    assert "Où sont les stocks" in letter.subject


def test_a_mention_that_was_edited_away_is_not_told(asked, answer, anais, karim, run_jobs):
    text = services.contribute(conversation=asked, body="@karim, quelle allée ?", by=anais)
    run_jobs()
    services.edit(contribution=text, body="Quelle allée ?", by=anais, version=1)
    assert told(karim) == []
    post()
    assert [letter.to for letter in mail.outbox] == [[anais.email]]


def test_a_comment_is_told_to_who_wrote_the_text(asked, answer, anais, karim, mei, run_jobs):
    services.comment(on=answer, body="Merci !", by=mei)
    run_jobs()
    assert told(karim) == [("comment", "Mei Tran commente ce que vous avez écrit")]
    assert ("answer", "Mei Tran et Karim Haddad : 2 messages") in told(anais)


def test_who_solved_it_is_told_and_not_when_they_chose_it_themself(asked, answer, anais, karim, run_jobs):
    services.accept_answer(answer=answer, question=asked, by=anais)
    run_jobs()
    assert told(karim) == [("accepted", "Votre réponse a résolu la question")]
    services.withdraw_acceptance(question=asked, by=anais)
    run_jobs()
    assert told(karim) == []
    assert "reopened" not in dict(told(anais))


def test_who_asked_is_told_when_the_accepted_answer_vanished(
    community, asked, answer, anais, karim, run_jobs
):
    services.accept_answer(answer=answer, question=asked, by=anais)
    services.delete(contribution=answer, by=karim)
    run_jobs()
    assert [kind for kind, _ in told(anais)] == ["reopened"]
    post()
    (letter,) = mail.outbox
    assert letter.to == [anais.email]
    assert "de nouveau ouverte" in letter.body


def test_a_text_that_was_taken_out_is_neither_shown_nor_sent(answer, anais, karim):
    services.delete(contribution=answer, by=karim)
    assert told(anais) == []
    assert post() == 0


def test_reactions_and_arrivals_tell_nobody(community, asked, answer, karim, run_jobs):
    before = told(karim)
    for number in range(5):
        services.react(contribution=answer, meaning=Meaning.HELPS, by=member(community, f"Membre{number}"))
    run_jobs()
    assert told(karim) == before


def test_opening_the_conversation_is_having_seen_it(client, answer, anais):
    client.force_login(anais)
    client.get(reverse("conversations:detail", args=[answer.conversation_id]))
    assert not notifications.has_news(anais)
    assert post() == 0


def test_nothing_of_a_private_community_reaches_who_left_it(asked, answer, anais):
    anais.memberships.update(left_at=timezone.now())
    assert told(anais) == []
    assert post() == 0
    assert mail.outbox == []


def test_a_community_that_closes_its_doors_tells_outsiders_nothing(run_jobs):
    community = CommunityFactory.create(entry=Entry.OPEN)
    karim, outsider = member(community, "Karim Haddad"), member(CommunityFactory.create(), "Zoé Petit")
    asked = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Où ?", body="Là ?", by=karim
    )
    services.follow(conversation=asked, by=outsider)
    ChoiceFactory.create(member=outsider, kind="reply", way="mail")
    services.contribute(conversation=asked, body="Secret.", by=member(community, "Mei Tran"))
    run_jobs()
    assert told(outsider) != []
    community.entry = Entry.INVITATION
    community.save()
    assert told(outsider) == []
    post()
    assert [letter.to for letter in mail.outbox] == [[karim.email]]


def test_words_cost_the_same_number_of_queries_for_one_or_ten(community, anais, karim, run_jobs):
    def questions(n):
        for number in range(n):
            started = services.start_conversation(
                community=community, kind=Kind.QUESTION, title=f"Question {number}", body="?", by=anais
            )
            text = services.contribute(conversation=started, body="@anais, voici.", by=karim)
            services.comment(on=text, body="@anais, encore.", by=karim)
        run_jobs()

    costs = []
    for n in (1, 6):
        questions(n)
        with CaptureQueriesContext(connection) as seen:
            notifications.listed(anais)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8


# The digest


def test_a_digest_holds_what_is_new_since_the_last_one_and_is_never_empty(community, anais, karim, run_jobs):
    start = tuesday(8) - dt.timedelta(days=1)
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=start, digest_until=timezone.now())
    assert post(start) == 0
    services.start_conversation(community=community, kind=Kind.QUESTION, title="Neuve ?", body="?", by=karim)
    run_jobs()
    assert post(tuesday(8)) == 1
    (letter,) = mail.outbox
    assert "Neuve" in letter.body
    assert letter.extra_headers["List-Id"].startswith("<digest.notifications.")
    assert post(tuesday(8) + dt.timedelta(days=1)) == 0


def test_a_digest_is_made_with_the_rights_of_its_reader_at_that_moment(community, anais, karim, run_jobs):
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=tuesday(8), digest_until=timezone.now())
    services.start_conversation(community=community, kind=Kind.QUESTION, title="Neuve ?", body="?", by=karim)
    other = PrivateCommunityFactory.create()
    services.start_conversation(
        community=other,
        kind=Kind.QUESTION,
        title="Secrète ?",
        body="?",
        by=ManagerFactory.create(community=other).member,
    )
    run_jobs()
    anais.memberships.update(left_at=timezone.now())
    assert post(tuesday(8)) == 0


def test_kinds_for_the_digest_stand_in_it_and_come_no_other_way(asked, answer, anais):
    ChoiceFactory.create(member=anais, kind="answer", way="digest")
    WishesFactory.create(
        member=anais,
        rhythm=Rhythm.DAILY,
        digest_at=tuesday(8) + dt.timedelta(days=1),
        digest_until=timezone.now(),
    )
    assert post(tuesday(10)) == 0
    assert post(tuesday(8) + dt.timedelta(days=1)) == 1
    (letter,) = mail.outbox
    assert "Karim Haddad vous répond" in letter.body


def test_what_was_read_is_in_no_digest(client, asked, answer, anais):
    ChoiceFactory.create(member=anais, kind="answer", way="digest")
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=tuesday(8), digest_until=timezone.now())
    services.mark_read(conversation=asked, until=threads.read(asked, reader=anais).until, by=anais)
    assert post(tuesday(8)) == 0


def test_who_comes_with_a_past_is_told_of_what_is_new_in_it_once(asked, answer, anais, karim, run_jobs):
    services.contribute(conversation=asked, body="@karim, quelle allée ?", by=anais)
    before = told(anais)
    for _ in range(2):
        services.catch_up(karim.pk, since=timezone.now() - dt.timedelta(days=1))
        services.catch_up(anais.pk, since=timezone.now() - dt.timedelta(days=1))
    assert told(karim) == [("mention", "Anaïs Girard vous mentionne")]
    assert told(anais) == before
    run_jobs()
    assert told(karim) == [("mention", "Anaïs Girard vous mentionne")]


def _begun(community, by, *titles):
    return [
        services.start_conversation(community=community, kind=Kind.QUESTION, title=title, body="?", by=by)
        for title in titles
    ]


def test_a_conversation_that_its_reader_opened_is_no_news(community, anais, karim, run_jobs):
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=tuesday(8), digest_until=timezone.now())
    opened, _other = _begun(community, karim, "Ouverte ?", "Fermée ?")
    services.mark_read(conversation=opened, until=timezone.now(), by=anais)
    post(tuesday(8))
    (letter,) = mail.outbox
    assert "Fermée" in letter.body
    assert "Ouverte" not in letter.body


def test_a_digest_says_how_many_it_leaves_out(community, anais, karim):
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=tuesday(8), digest_until=timezone.now())
    _begun(community, karim, *[f"Question {n} ?" for n in range(10)])
    post(tuesday(8))
    (letter,) = mail.outbox
    assert letter.body.count("- Question") == 8
    assert "et 2 autres échanges" in letter.body.replace("\u00a0", " ")


def test_a_digest_says_nothing_twice(community, anais, karim, run_jobs):
    ChoiceFactory.create(member=anais, kind="mention", way="digest")
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY, digest_at=tuesday(8), digest_until=timezone.now())
    services.start_conversation(
        community=community,
        kind=Kind.QUESTION,
        title="Quel inventaire ?",
        body=f"@{anais.handle} sait ?",
        by=karim,
    )
    run_jobs()
    post(tuesday(8))
    (letter,) = mail.outbox
    assert "vous mentionne" in letter.body
    assert letter.body.count("Quel inventaire") == 1
    assert "Nouveaux échanges" not in letter.body
