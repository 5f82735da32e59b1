"""Leaving by the link of a mail: one click, without signing in, for the kinds of that mail and no other."""

import re

import pytest
from django.core import mail
from django.test import Client

from passeur.accounts.tests.factories import MemberFactory

from .. import queries, services
from ..choices import Rhythm, Way
from ..models import Choice, Wishes
from ..services import tokens
from .factories import ChoiceFactory, WishesFactory, post, tuesday
from .test_telling import tell

pytestmark = pytest.mark.django_db


def path_of(letter) -> str:
    found = re.fullmatch(r"<https?://[^/]+(/.+)>", letter.extra_headers["List-Unsubscribe"])
    assert found
    return found[1]


@pytest.fixture
def path(things, anais) -> str:
    tell(anais)
    post()
    return path_of(mail.outbox[0])


@pytest.fixture
def stranger() -> Client:
    """A mail program: no session, no cookie, and nobody gives it a CSRF token."""
    return Client(enforce_csrf_checks=True)


def test_the_one_click_of_a_mail_program_stops_that_kind_alone(path, stranger, anais):
    answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert queries.ways(anais)["thing"] == Way.PAGE
    assert queries.ways(anais)["role"] == Way.MAIL
    tell(anais, what=2)
    assert post() == 0
    assert queries.listed(anais).groups != []


def test_a_scanner_that_follows_links_stops_nothing(path, stranger, anais):
    for method in (stranger.get, stranger.head):
        assert method(path).status_code == 200
    page = stranger.get(path).content.decode()
    assert page.count("<form") >= 1
    assert "Choses" in page
    assert queries.ways(anais)["thing"] == Way.MAIL


def test_nobody_else_is_touched_and_twice_is_as_once(path, stranger, anais):
    other = MemberFactory.create()
    for _ in range(2):
        assert stranger.post(path).status_code == 200
    assert queries.ways(other)["thing"] == Way.MAIL
    assert Choice.objects.count() == 1


def test_a_mail_of_two_kinds_stops_both_and_each_line_of_it_its_own(things, anais, stranger):
    ChoiceFactory.create(member=anais, kind="aside", way="mail")
    tell(anais)
    tell(anais, kind="aside")
    post()
    (letter,) = mail.outbox
    alone = re.findall(r"http\S+(/unsubscribe/\S+)", str(letter.body))
    assert len(alone) == 2
    stranger.post(alone[0])
    assert sorted(queries.ways(anais)[kind] for kind in ("thing", "aside")) == [Way.MAIL, Way.PAGE]
    stranger.post(path_of(letter))
    assert {queries.ways(anais)[kind] for kind in ("thing", "aside")} == {Way.PAGE}


def test_who_wants_to_hear_nothing_at_all_still_hears_nothing(path, stranger, anais):
    ChoiceFactory.create(member=anais, kind="thing", way="none")
    stranger.post(path)
    assert queries.ways(anais)["thing"] == Way.NONE


def test_the_digest_is_left_the_same_way(things, anais, stranger):
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY)
    stranger.post(f"/unsubscribe/{tokens.token_for(anais, [tokens.DIGEST])}/")
    wishes = Wishes.objects.get(member=anais)
    assert (wishes.rhythm, wishes.digest_at) == (Rhythm.NEVER, None)


def test_who_takes_the_digest_up_again_is_told_what_is_new_from_then_on(things, anais, stranger):
    ChoiceFactory.create(member=anais, kind="thing", way="digest")
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY)
    stranger.post(f"/unsubscribe/{tokens.token_for(anais, [tokens.DIGEST])}/")
    tell(anais)
    post()
    services.choose(member=anais, by=anais, ways={"thing": Way.DIGEST}, rhythm=Rhythm.DAILY)
    Wishes.objects.filter(member=anais).update(digest_at=tuesday(8))
    assert post(tuesday(8)) == 0


@pytest.mark.parametrize("change", [lambda t: t[:-3], lambda t: t + "x", lambda t: "x" + t, lambda t: "no"])
def test_a_link_that_is_not_ours_changes_nothing_and_says_what_to_do(things, anais, stranger, change):
    token = change(tokens.token_for(anais, ["thing"]))
    answer = stranger.post(f"/unsubscribe/{token}/")
    assert answer.status_code == 404
    assert "Ouvrez-le depuis le courriel" in answer.content.decode()
    assert not Choice.objects.exists()


def test_the_link_of_somebody_erased_says_no_more_than_a_wrong_one(path, stranger, anais):
    anais.delete()
    assert stranger.post(path).status_code == 404


def test_it_lets_nobody_in(path, stranger):
    stranger.post(path)
    assert stranger.get("/me/notifications/").status_code == 302


def test_the_label_of_what_stops_is_read_in_the_page(things, anais):
    token = tokens.token_for(anais, ["thing", tokens.DIGEST])
    WishesFactory.create(member=anais, rhythm=Rhythm.DAILY)
    assert services.stoppable(token) == ["Choses", "Votre résumé"]
    services.unsubscribe(tokens.token_for(anais, [tokens.DIGEST]))
    assert services.stoppable(token) == ["Choses"]


def test_what_is_stopped_already_is_not_offered_to_be_stopped(path, stranger, anais):
    stranger.post(path)
    page = stranger.get(path).content.decode()
    assert "C’est fait" in page
    assert "Arrêter" not in page
