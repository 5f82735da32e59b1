import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Max, Min
from django.test import override_settings
from django.utils import timezone

from passeur.conversations.services.searching import KEPT
from passeur.desk import services as desk
from passeur.desk.choices import View
from passeur.engagement.services import rolling
from passeur.feed import queries as feed
from passeur.integrations import demo
from passeur.integrations.demo.files import Company
from passeur.integrations.tests.models import (
    Community,
    Contribution,
    Conversation,
    DeclaredSkill,
    Member,
    Reaction,
    SearchMiss,
)
from passeur.records.queries import statements as records

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
TABLES = (
    "accounts_member", "communities_community", "communities_membership", "communities_charter",
    "skills_theme", "skills_synonym", "skills_declaredskill", "skills_interest", "conversations_conversation",
    "conversations_contribution", "conversations_reaction", "conversations_follow", "conversations_readmark",
    "conversations_conversationlink", "conversations_searchmiss", "channels_identity",
)  # fmt: skip

HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
ROWS = "select count(*), md5(string_agg(t::text, '' order by t::text)) from {table} t"


@pytest.fixture(scope="module")
def company():
    return Company()


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker):
    """The demonstration, loaded around the transactions of all tests that look at it."""
    quick = override_settings(PASSWORD_HASHERS=[HASHER])
    with django_db_blocker.unblock(), quick, transaction.atomic():
        demo.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(db, written_once):
    """The same for each test, whichever comes first."""


def names(tree):
    for theme in tree:
        yield theme["name"]
        yield from names(theme.get("children", []))


def authors(told):
    if isinstance(told, dict):
        if "author" in told:
            yield told["author"]
        for value in told.values():
            yield from authors(value)
    elif isinstance(told, list):
        for value in told:
            yield from authors(value)


def test_whoever_writes_is_of_the_company_and_of_the_community(company):
    for files in company.communities:
        members = set(files.about["members"]) | {
            key for keys in files.about["roles"].values() for key in keys
        }
        assert members <= set(company.people), files.slug
        wrote = {author for told in files.conversations.values() for author in authors(told)}
        assert wrote - members == set(), files.slug


def test_what_a_conversation_is_about_or_leads_to_exists(company):
    for files in company.communities:
        known = set(names(files.about["themes"]))
        about = {theme for told in files.conversations.values() for theme in told["themes"]}
        assert about - known == set(), files.slug
        targets = {number for told in files.conversations.values() for number in told.get("related", [])}
        assert targets - set(files.conversations) == set(), files.slug


@pytest.mark.usefixtures("loaded")
def test_it_is_as_large_as_promised_and_ends_today():
    assert demo.is_loaded()
    assert Member.objects.count() > 160
    assert Community.objects.count() == 3
    assert Conversation.objects.count() >= 60
    assert Reaction.objects.exists()
    days = SearchMiss.objects.aggregate(first=Min("day"), last=Max("day"))
    assert 20 * 7 < (timezone.localdate() - days["first"]).days <= KEPT.days
    assert (timezone.localdate() - days["last"]).days < 3
    assert DeclaredSkill.objects.exists()
    last = Contribution.objects.latest("created_at").created_at
    assert (timezone.now() - last).days < 3
    assert not Contribution.objects.filter(created_at__gt=timezone.now()).exists()


@pytest.mark.usefixtures("loaded")
def test_loading_it_again_moves_nothing():

    def rows():
        with connection.cursor() as cursor:
            found = {}
            for table in TABLES:
                cursor.execute(ROWS.format(table=table))
                found[table] = cursor.fetchone()
            return found

    before = rows()
    demo.load()
    assert rows() == before


@pytest.mark.usefixtures("loaded")
def test_only_the_accounts_that_are_printed_have_a_password(rf):
    sign_ins = demo.sign_ins()
    assert len(sign_ins) == 5
    assert [one.email for one in Member.objects.filter(is_administrator=True)] == [sign_ins[-1].email]
    assert Member.objects.exclude(password__startswith="!").count() == len({one.email for one in sign_ins})
    for sign_in in sign_ins:
        assert authenticate(rf.post("/"), username=sign_in.email, password=sign_in.password) is not None


@pytest.mark.usefixtures("loaded")
def test_the_password_belongs_to_this_installation(settings):
    before = demo.sign_ins()[0].password
    settings.SECRET_KEY = "another-installation"
    assert demo.sign_ins()[0].password != before


@pytest.mark.usefixtures("loaded")
def test_karim_finds_in_his_feed_what_helped_somebody_who_asked_nearly_the_same():
    karim = Member.objects.get(email="karim.haddad@orvelle.example")
    found = feed.feed(karim)
    assert found is not None
    near = [entry for entry in found.entries if entry.nature == "solved-near"]
    assert [entry.conversation.author.name for entry in near] == ["Léa Fontaine"]
    assert "Comment fiabiliser l’import hebdomadaire des stocks" in near[0].reasons[0]
    assert all(entry.reasons for entry in found.entries)
    # The rest depends on the hour at which the demonstration is looked at.
    assert len({entry.nature for entry in found.entries}) >= 2


@pytest.mark.usefixtures("loaded")
def test_links_between_conversations_lead_to_them(client):
    linking = Contribution.objects.filter(html__contains='href="/from/demo/').earliest("pk")
    client.force_login(Member.objects.get(email=demo.sign_ins()[0].email))
    address = linking.html.split('href="/from/demo/')[1].split('"')[0]
    assert client.get(f"/from/demo/{address}").status_code == 302


@pytest.mark.usefixtures("loaded")
def test_courses_call_for_somebody_on_the_desk_and_loading_them_again_adds_nothing():
    demo.load()
    naima = Member.objects.get(email="naima.ferrand@orvelle.example")
    (place,) = Community.objects.filter(slug="donnees-au-quotidien")
    desk.fill(place)
    found = {
        line.cue.rule.name: line.cue.title
        for view in (View.TODAY, View.WEEK)
        for line in desk.open_desk(naima, [place], view=view, size=500).lines
        if line.cue.rule.name.startswith("course-")
    }
    assert set(found) == {"course-finished", "course-stuck", "course-dropped"}
    assert "Gwenaëlle" in found["course-finished"]
    assert sum(1 for _ in records.everything(since=EPOCH, until=records.consistent_through())) == 17


@pytest.mark.usefixtures("loaded")
def test_somebody_who_learns_and_whom_nobody_answers_is_to_be_introduced():
    rolling.advance_all()
    naima = Member.objects.get(email="naima.ferrand@orvelle.example")
    (place,) = Community.objects.filter(slug="donnees-au-quotidien")
    desk.fill(place)
    lines = desk.open_desk(naima, [place], view=View.WEEK, size=500).lines
    (cue,) = [line.cue for line in lines if line.cue.rule.name == "alone-everywhere"]
    assert cue.title.startswith("Lucas Fabre")
    assert cue.moves[0].name == "introduce"
