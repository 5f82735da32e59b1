"""Texts that are read at once and drawn once look to each reader as they would drawn for them alone."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.choices import Meaning, Part
from passeur.conversations.queries import readings, threads
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ReactionFactory,
    at,
    judged,
    question,
)
from passeur.conversations.views import drawing
from passeur.foundation import pure

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def asked(community):
    """A question with answers whose usefulness, age and reactions tell orders apart."""
    asker = MembershipFactory.create(community=community).member
    asked = question(community=community, author=asker)
    for hour, helped, votes in ((1, 1, 0), (2, 3, 0), (3, 0, 2), (3, 1, 1), (4, 0, 0)):
        author = MembershipFactory.create(community=community).member
        answer = ContributionFactory.create(
            conversation=asked, author=author, created_at=at(hour), votes=votes
        )
        ReactionFactory.create_batch(helped, contribution=answer, meaning=Meaning.HELPS)
        ContributionFactory.create(
            conversation=asked, part=Part.COMMENT, parent=answer, created_at=at(5), author=author
        )
    asked.accepted_answer = asked.contributions.filter(part=Part.ANSWER).order_by("-pk")[0]
    asked.save()
    return judged(asked)


@pytest.mark.parametrize("sort", threads.SORTS)
def test_read_at_once_or_a_page_at_a_time_a_thread_is_the_same(asked, sort, monkeypatch):
    def read():
        thread = threads.thread(asked, reader=asked.author, sort=sort)
        return [
            (e.contribution.pk, e.accepted, e.contribution.is_new, e.reactions, [c.pk for c in e.comments])
            for e in (thread.opening, *thread.entries)
        ]

    at_once = read()
    assert len(at_once) == 6
    monkeypatch.setattr(readings, "MOST_AT_ONCE", -1)
    assert read() == at_once


def page(client, member, asked) -> str:
    client.force_login(member)
    text = client.get(reverse("conversations:detail", args=[asked.pk])).content.decode()
    return re.sub(r'(value|content)="[^"]{30,}"', "", text)


def test_kept_parts_say_what_fresh_ones_say_to_whoever_may_more_or_less(client, community, asked):
    readers = [
        ManagerFactory.create(community=community).member,
        asked.author,
        *[answer.author for answer in asked.contributions.filter(part=Part.ANSWER)[:2]],
        MembershipFactory.create(community=community).member,
        MembershipFactory.create().member,
    ]
    for reader in readers:  # the second time nothing is new to anybody
        page(client, reader, asked)
    fresh = []
    for reader in readers:
        pure.forget()
        fresh.append(page(client, reader, asked))
    assert [page(client, reader, asked) for reader in readers] == fresh
    assert [page(client, reader, asked) for reader in reversed(readers)] == fresh[::-1]
    assert len(set(fresh)) == len(fresh)


def test_a_text_that_changes_is_drawn_as_it_is_now(client, community, asked):
    reader = MembershipFactory.create(community=community).member
    before = "Gardez la ligne la plus récente."
    assert page(client, reader, asked).count(before) == 10
    asked.contributions.filter(part=Part.ANSWER).update(html="<p>Autre chose.</p>")
    after = page(client, reader, asked)
    assert (after.count(before), after.count("Autre chose.")) == (5, 5)


def test_the_token_of_forms_is_that_of_the_request(client, community, asked):
    reader = MembershipFactory.create(community=community).member
    client.force_login(reader)
    url = reverse("conversations:detail", args=[asked.pk])
    for _time in range(2):
        text = client.get(url).content.decode()
        assert "mark-" not in text
        tokens = re.findall(r'csrfmiddlewaretoken" value="([^"]*)"', text)
        assert len(tokens) > 10
        assert all(len(token) == 64 for token in tokens)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_kept_field_of_an_answer_is_that_of_its_form(community, asked, language):
    head = threads.thread(asked, reader=asked.author).conversation
    with translation.override(language):
        kept = [drawing._field_of(head) for _ in range(2)]
        drawn = render_to_string("conversations/_reply_field.html", {"form": drawing.reply_form(asked)})
    assert kept == [drawn, drawn]
    assert reverse("conversations:people", args=[asked.pk]) in drawn
