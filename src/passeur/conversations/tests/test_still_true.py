"""An accepted answer, an experience: who may say that it holds or no longer does, what shows, who is told."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.notifications import queries as notifications

from .. import errors, services
from ..choices import Kind, Meaning
from ..models import Verification
from ..queries import facts, threads
from ..services import verifying

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def people(community):
    made = {
        name: MembershipFactory.create(community=community, member__name=name).member
        for name in ("Anaïs Girard", "Karim Haddad", "Mei Tran")
    }
    made["expert"] = MembershipFactory.create(community=community, role=Role.EXPERT).member
    made["lcm"] = ManagerFactory.create(community=community).member
    made["stranger"] = MembershipFactory.create().member
    return made


@pytest.fixture
def asked(community, people, run_jobs):
    """A question of Anaïs with an accepted answer of Karim."""
    started = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Où est la clé ?", body="?", by=people["Anaïs Girard"]
    )
    answer = services.contribute(conversation=started, body="Au bureau 4.", by=people["Karim Haddad"])
    services.accept_answer(answer=answer, question=started, by=people["Anaïs Girard"])
    run_jobs()
    started.refresh_from_db()
    return started


@pytest.fixture
def told(community, people):
    return services.start_conversation(
        community=community, kind=Kind.EXPERIENCE, title="Ma clé perdue", body="…", by=people["Karim Haddad"]
    )


def page(client, member, conversation):
    client.force_login(member)
    return client.get(reverse("conversations:detail", args=[conversation.pk])).content.decode()


@pytest.mark.parametrize("who", ["Anaïs Girard", "Karim Haddad", "expert", "lcm"])
def test_who_asked_who_answered_experts_and_who_animates_say_that_it_holds(asked, people, who):
    services.say_it_holds(conversation=asked, by=people[who])
    asked.refresh_from_db()
    assert asked.verified_at is not None
    assert not asked.is_outdated


@pytest.mark.parametrize("who", ["Mei Tran", "stranger"])
def test_nobody_else_says_so(asked, people, who):
    with pytest.raises(PermissionDenied):
        services.say_it_holds(conversation=asked, by=people[who])


def test_any_member_says_that_it_no_longer_holds_and_a_stranger_does_not(asked, people):
    with pytest.raises(PermissionDenied):
        services.say_it_no_longer_holds(conversation=asked, reason="Non.", by=people["stranger"])
    services.say_it_no_longer_holds(conversation=asked, reason="Le bureau a fermé.", by=people["Mei Tran"])
    asked.refresh_from_db()
    assert asked.is_outdated
    assert asked.verified_at is None


def test_where_no_answer_is_accepted_there_is_nothing_to_say(community, people, client):
    open_one = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Et la porte ?", body="?", by=people["Mei Tran"]
    )
    with pytest.raises(errors.NothingLasts):
        services.say_it_holds(conversation=open_one, by=people["lcm"])
    with pytest.raises(errors.NothingLasts):
        services.say_it_no_longer_holds(conversation=open_one, reason="Non.", by=people["lcm"])
    assert "Toujours vrai" not in page(client, people["lcm"], open_one)


def test_what_was_said_last_stands_and_can_be_taken_back(asked, people):
    services.say_it_holds(conversation=asked, by=people["lcm"])
    services.say_it_no_longer_holds(conversation=asked, reason="Déménagé.", by=people["Mei Tran"])
    last = verifying.standing(asked)
    assert last is not None
    with pytest.raises(PermissionDenied):
        services.take_verification_back(conversation=asked, said=last.pk, by=people["Karim Haddad"])
    services.take_verification_back(conversation=asked, said=last.pk, by=people["Mei Tran"])
    asked.refresh_from_db()
    assert asked.verified_at is not None
    assert not asked.is_outdated
    with pytest.raises(errors.SaidSince):
        services.take_verification_back(conversation=asked, said=last.pk, by=people["lcm"])


def test_pressed_twice_it_is_said_once_and_a_doubt_needs_a_reason(asked, people, client):
    for _ in range(2):
        services.say_it_holds(conversation=asked, by=people["lcm"])
    assert Verification.objects.count() == 1
    client.force_login(people["Mei Tran"])
    empty = client.post(reverse("conversations:outdated", args=[asked.pk]), {"reason": "  "})
    assert empty.status_code == 422
    assert Verification.objects.count() == 1


def test_another_answer_or_the_same_accepted_anew_begins_afresh(asked, people):
    services.say_it_no_longer_holds(conversation=asked, reason="Déménagé.", by=people["Mei Tran"])
    first = asked.accepted_answer
    second = services.contribute(conversation=asked, body="À l’accueil.", by=people["Mei Tran"])
    for answer in (second, first):
        services.accept_answer(answer=answer, question=asked, by=people["Anaïs Girard"])
        asked.refresh_from_db()
        assert not asked.is_outdated
        assert asked.verified_at is None
        assert verifying.standing(asked) is None
        entries = threads.thread(asked, reader=people["lcm"]).entries
        assert [(one.contribution.pk, one.truth) for one in entries if one.lasts] == [(answer.pk, None)]


def test_the_page_says_it_above_the_text_and_works_without_javascript(asked, told, people, client):
    for conversation in (asked, told):
        text = verifying.lasting(conversation)
        assert text is not None
        client.force_login(people["Mei Tran"])
        said = client.post(
            reverse("conversations:outdated", args=[conversation.pk]), {"reason": "Plus de bureau 4."}
        )
        assert said["Location"].endswith(f"#contribution-{text.pk}")
        seen = page(client, people["Karim Haddad"], conversation)
        _before, after = seen.split("Signalé comme dépassé</b>")
        assert "Mei Tran" in after
        assert "Plus de bureau 4." in after
        assert after.index("Plus de bureau 4.") < after.index('class="prose"')
        assert "Retirer ce signalement" not in seen
        assert "Toujours vrai" in seen
        assert "Retirer ce signalement" in page(client, people["Mei Tran"], conversation)
        client.force_login(people["Karim Haddad"])
        client.post(reverse("conversations:holds", args=[conversation.pk]))
        seen = page(client, people["Mei Tran"], conversation)
        assert "Signalé comme dépassé" not in seen
        assert "Vérifié par Karim Haddad," in seen
        assert "N’est plus vrai" in seen
        assert "Toujours vrai" not in seen


def test_lists_search_and_similar_questions_say_it(asked, community, people, client, run_jobs):
    services.say_it_no_longer_holds(conversation=asked, reason="Déménagé.", by=people["Mei Tran"])
    close = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Où est la clé ?", body="?", by=people["Mei Tran"]
    )
    run_jobs()
    client.force_login(people["lcm"])
    addresses = [
        reverse("conversations:list", args=[community.slug]),
        reverse("conversations:list", args=[community.slug]) + "?kind=question",
        reverse("conversations:search") + "?q=clé",
        reverse("conversations:similar", args=[community.slug]) + "?title=Où+est+la+clé",
        reverse("conversations:detail", args=[close.pk]),
    ]
    for address in addresses:
        assert "Signalé comme dépassé" in client.get(address).content.decode(), address
    services.say_it_holds(conversation=asked, by=people["lcm"])
    for address in addresses:
        assert "Signalé comme dépassé" not in client.get(address).content.decode(), address
    assert "Vérifié," in client.get(addresses[2]).content.decode()


def test_its_author_and_who_animates_are_told_until_it_holds_again(asked, people, run_jobs):
    services.say_it_no_longer_holds(conversation=asked, reason="Déménagé.", by=people["Mei Tran"])
    run_jobs()

    def lines(member):
        return [line for line in words(member) if "n’est plus vrai" in line]

    def words(member):
        return [one.line.words for group in notifications.listed(member).groups for one in group.shown]

    assert lines(people["Karim Haddad"]) == ["Mei Tran dit que ce que vous avez écrit n’est plus vrai"]
    assert lines(people["lcm"]) == ["Mei Tran dit qu’un texte de votre communauté n’est plus vrai"]
    assert not lines(people["Mei Tran"])
    assert not lines(people["Anaïs Girard"])
    services.say_it_holds(conversation=asked, by=people["lcm"])
    assert not lines(people["Karim Haddad"])


def test_it_is_told_as_a_statement_without_the_reason(asked, people):
    services.say_it_holds(conversation=asked, by=people["lcm"])
    services.say_it_no_longer_holds(conversation=asked, reason="Un secret.", by=people["Mei Tran"])
    found = {fact.verb.english: fact for fact in facts.facts([asked.pk]) if "holds" in fact.verb.english}
    assert set(found) == {"said that it still holds", "said that it no longer holds"}
    doubt = found["said that it no longer holds"]
    assert (doubt.member, doubt.thing.number) == (people["Mei Tran"].pk, asked.accepted_answer_id)
    assert "secret" not in repr(found)


def test_reading_and_thanking_reset_no_clock(asked, people, client):
    page(client, people["Mei Tran"], asked)
    services.react(contribution=asked.accepted_answer, meaning=Meaning.THANKS, by=people["Mei Tran"])
    asked.refresh_from_db()
    assert asked.verified_at is None
