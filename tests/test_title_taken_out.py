"""With its opening, the title of an exchange leaves every page, list, mail and copy; and comes back."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from passeur.accounts import services as accounts
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, LinkKind, Part, State
from passeur.conversations.models import Conversation, SearchDocument
from passeur.conversations.queries import places, search
from passeur.desk.models import Step
from passeur.desk.tests.factories import StepFactory
from passeur.expertise.models import Listing, Referral
from passeur.expertise.tests.factories import ReferralFactory
from passeur.skills.tests.factories import ThemeFactory
from passeur.writing.tests.factories import DraftFactory
from tests.test_erased_person import traces_in_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

MARK = "zanzibulle"
TITLE = f"Comment régler la {MARK} du convoyeur ?"
"""Where the title itself is kept, to come back from: nothing shows these to anybody else."""
KEPT = {
    ("conversations_conversation", "title_aside", MARK),
    ("conversations_revision", "title", MARK),
    ("desk_step", "title", MARK),
}


@pytest.fixture
def told(run_jobs):
    """An exchange that left traces wherever it can: answered, asked of somebody, linked, followed."""
    community = CommunityFactory.create()
    people = {
        "lcm": ManagerFactory.create(community=community).member,
        "asker": MembershipFactory.create(community=community).member,
        "expert": MembershipFactory.create(community=community, role=Role.EXPERT).member,
        "member": MembershipFactory.create(community=community).member,
    }
    theme = ThemeFactory.create(community=community)

    def ask(title, by):
        return conversations.start_conversation(
            community=community, kind=Kind.QUESTION, title=title, body="Elle dérive.", by=by, themes=[theme]
        )

    asked = ask(TITLE.replace("Comment régler", "Régler"), people["asker"])
    opening = asked.contributions.get()
    conversations.edit(contribution=opening, body="Elle dérive.", title=TITLE, by=people["asker"], version=1)
    conversations.follow(conversation=asked, by=people["member"])
    answer = conversations.contribute(conversation=asked, body="Au cordeau.", by=people["expert"])
    conversations.accept_answer(answer=answer, question=asked, by=people["asker"])
    run_jobs()
    close = ask(f"La {MARK[:-2]} du convoyeur dérive", people["member"])
    run_jobs()
    conversations.link(source=close, target=asked, kind=LinkKind.RELATED, by=people["member"])
    reason = {"kind": "similar_answers", "count": 1, "question": TITLE, "question_id": asked.pk}
    ReferralFactory.create(conversation=close, member=people["expert"], reasons=[reason])
    ReferralFactory.create(conversation=asked, member=people["member"])
    Listing.objects.update_or_create(
        conversation=close,
        defaults={"community": community, "order": [], "why": {"1": [reason]}, "made_at": 0},
    )
    StepFactory.create(
        community=community,
        by=people["lcm"],
        subject=f"conversation:{asked.pk}",
        title=TITLE,
        conversation=asked,
        url=reverse("conversations:detail", args=[asked.pk]),
    )
    DraftFactory.create(member=people["member"], place=places.reply_place(asked), fields={"body": ["Oui"]})
    run_jobs()
    asked.refresh_from_db()
    return asked, answer, close, people


def take_out(asked, answer, people, run_jobs):
    conversations.delete(contribution=answer, by=people["expert"])
    conversations.delete(contribution=asked.contributions.get(part=Part.OPENING), by=people["asker"])
    asked.refresh_from_db()


def pages(asked, close, people):
    """(who, address) of each page on which a title may stand."""
    at = [asked.pk], [close.pk]
    community = asked.community.slug
    opening = asked.contributions.get(part=Part.OPENING)
    for_all = [
        *(reverse("conversations:detail", args=key) for key in at),
        reverse("conversations:everywhere"),
        reverse("conversations:list", args=[community]),
        f"{reverse('conversations:list', args=[community])}?state=closed",
        f"{reverse('conversations:search')}?q={MARK}",
        f"{reverse('conversations:search')}?q=convoyeur",
        f"{reverse('conversations:similar', args=[community])}?title=R%C3%A9gler+la+{MARK}+du+convoyeur",
        reverse("communities:detail", args=[community]),
        reverse("skills:theme", args=[community, asked.themes.get().slug]),
        reverse("skills:themes", args=[community]),
        f"{reverse('foundation:palette')}?q={MARK}",
        reverse("feed:mine"),
        reverse("notifications:list"),
        reverse("outreach:notes"),
        reverse("expertise:referrals"),
        reverse("accounts:known"),
        reverse("writing:drafts"),
        *(reverse("accounts:profile", args=[person.pk]) for person in people.values()),
        reverse("conversations:contribution", args=[opening.pk]),
        reverse("conversations:comment", args=[opening.pk]),
        reverse("conversations:link", args=[asked.pk]),
        reverse("conversations:close", args=[asked.pk]),
    ]
    for_lcm = [f"{reverse('desk:today')}?view={view}" for view in ("today", "week", "snoozed", "done")]
    for who in people:
        yield from ((who, address) for address in for_all)
    yield from (("lcm", address) for address in for_lcm)
    yield from ((who, reverse("conversations:history", args=[opening.pk])) for who in ("expert", "member"))


def where_it_stands(client, asked, close, people):
    found = []
    # What one searches for stands on the page whatever is found.
    asked_for = re.compile(rf'(?:[=+]|«\s|"){MARK}(?:[+"&]|\s»)')
    for who, address in pages(asked, close, people):
        client.force_login(people[who])
        if MARK in asked_for.sub("", client.get(address, follow=True).text):
            found.append((who, address))
    return found


def test_the_walk_finds_it_while_it_stands(client, told):
    """Or the next test would prove nothing."""
    asked, _answer, close, people = told
    walked = where_it_stands(client, asked, close, people)
    seen = {address.split("?")[0].split("/")[1] for _who, address in walked}
    assert seen >= {
        "conversations", "communities", "search", "palette", "me", "desk", "contributions",
    }  # fmt: skip


def test_no_page_no_copy_and_no_mail_holds_it_once_its_opening_is_out(client, told, run_jobs):
    asked, answer, close, people = told
    take_out(asked, answer, people, run_jobs)
    assert asked.state == State.CLOSED
    assert asked.title == "Échange retiré"
    # At once where it is read; in the reasons of others, once their job has run.
    assert {address for _who, address in where_it_stands(client, asked, close, people)} <= {
        reverse("conversations:detail", args=[close.pk]),
        reverse("expertise:referrals"),
        reverse("feed:mine"),
        reverse("accounts:known"),
    }
    mail.outbox.clear()
    run_jobs()
    assert [found for found in traces_in_the_database(MARK) if found not in KEPT] == []
    assert not [
        sent
        for sent in mail.outbox
        if MARK in f"{sent.subject} {sent.body} {getattr(sent, 'alternatives', '')}"
    ]
    assert where_it_stands(client, asked, close, people) == []
    assert search.titles(people["member"], MARK, most=5) == []
    for who in ("lcm", "expert", "member"):
        assert MARK.encode() not in b"".join(accounts.export(people[who])), who


def test_in_english_too_it_reads_as_taken_out(client, told, run_jobs):
    asked, answer, _close, people = told
    take_out(asked, answer, people, run_jobs)
    people["member"].language = "en"
    people["member"].save()
    client.force_login(people["member"])
    assert "Conversation taken out" in client.get(reverse("conversations:detail", args=[asked.pk])).text


def test_its_author_and_who_animates_may_still_read_its_history(client, told, run_jobs):
    asked, answer, _close, people = told
    take_out(asked, answer, people, run_jobs)
    address = reverse("conversations:history", args=[asked.contributions.get(part=Part.OPENING).pk])
    for who, code in [("asker", 200), ("lcm", 200), ("member", 403)]:
        client.force_login(people[who])
        assert client.get(address).status_code == code


def test_putting_the_opening_back_brings_it_back(client, told, run_jobs):
    asked, answer, close, people = told
    before = SearchDocument.objects.get(conversation=asked).words
    take_out(asked, answer, people, run_jobs)
    run_jobs()
    assert MARK not in SearchDocument.objects.get(conversation=asked).words
    conversations.restore(contribution=asked.contributions.get(part=Part.OPENING), by=people["asker"])
    conversations.restore(contribution=answer, by=people["expert"])
    run_jobs()
    asked.refresh_from_db()
    assert (asked.title, asked.title_aside) == (TITLE, "")
    assert SearchDocument.objects.get(conversation=asked).words == before
    assert Step.objects.get().reads == TITLE
    assert Referral.objects.get(conversation=close, reasons__0__count=1).reasons[0]["question"] == TITLE
    assert Listing.objects.get(conversation=close).why["1"][0]["question"] == TITLE
    client.force_login(people["member"])
    assert TITLE in client.get(reverse("conversations:detail", args=[asked.pk])).text.replace("\u202f", " ")


def test_what_was_read_as_taken_out_is_never_written_as_a_title(told, run_jobs):
    asked, answer, _close, people = told
    take_out(asked, answer, people, run_jobs)
    asked.save()
    assert Conversation.objects.filter(pk=asked.pk, title="", title_aside=TITLE).exists()
    assert asked.words == ""


def test_an_exchange_without_a_text_taken_out_keeps_its_title(told, run_jobs):
    asked, answer, _close, people = told
    conversations.delete(contribution=answer, by=people["expert"])
    asked.refresh_from_db()
    assert asked.title == TITLE
