"""Drafts and files in conversations: each place where one writes, what is published once, who reads files."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import ManagerFactory, MembershipFactory, PrivateCommunityFactory
from passeur.conversations import notices, services, subscribers
from passeur.conversations.choices import ClosedReason
from passeur.conversations.models import Contribution, Conversation
from passeur.notifications.protocols import Told
from passeur.writing import queries as files
from passeur.writing import services as writing
from passeur.writing.events import DraftExpires
from passeur.writing.protocols import places
from passeur.writing.tests.factories import DraftFactory, image_bytes, sent, stored

from .factories import question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def community():
    return PrivateCommunityFactory.create(name="Atelier 3")


@pytest.fixture
def karim(community):
    return MembershipFactory.create(community=community, member__name="Karim Haddad").member


@pytest.fixture
def mei(community):
    return MembershipFactory.create(community=community, member__name="Mei Tran").member


@pytest.fixture
def asked(community, karim):
    return question(community=community, author=karim)


def as_member(client, member):
    client.logout()
    client.force_login(member)
    return client


def addresses_of(community, asked) -> dict[str, str]:
    opening = asked.contributions.get()
    start = reverse("conversations:start", args=[community.slug, "question"])
    return {
        f"conversations.start:{community.slug}/question": start,
        f"conversations.reply:{asked.pk}": reverse("conversations:detail", args=[asked.pk]),
        f"conversations.comment:{opening.pk}": reverse("conversations:comment", args=[opening.pk]),
        f"conversations.edit:{opening.pk}": reverse("conversations:edit", args=[opening.pk]),
    }


def test_each_form_keeps_a_draft_offers_it_and_takes_it_up(client, community, asked, karim):
    as_member(client, karim)
    for place, address in addresses_of(community, asked).items():
        assert f'data-draft="{place}"' in client.get(address).content.decode(), place
        DraftFactory.create(member=karim, place=place, fields={"body": ["Ce que j’écrivais."]})
        offered = client.get(address).content.decode()
        assert "Vous aviez commencé un texte ici" in offered, place
        assert "Ce que j’écrivais." not in offered, place
        assert "Ce que j’écrivais." in client.get(address, {"draft": "restore"}).content.decode(), place


def test_the_list_of_drafts_costs_no_query_each(
    client, community, asked, karim, django_assert_max_num_queries
):
    named = list(addresses_of(community, asked))
    others = [question(community=community, author=karim) for _ in range(5)]
    named += [f"conversations.reply:{other.pk}" for other in others]
    named += [f"conversations.edit:{other.contributions.get().pk}" for other in others]
    for place in named:
        DraftFactory.create(member=karim, place=place)
    as_member(client, karim)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("writing:drafts"))
    assert {listed.draft.place for listed in page.context["drafts"] if listed.spot} == set(named)


def test_a_place_is_gone_for_who_left_and_where_it_is_closed(community, asked, karim, mei):
    reply = f"conversations.reply:{asked.pk}"
    assert reply in places(mei, [reply])
    assert places(MemberFactory.create(), list(addresses_of(community, asked))) == {}
    services.close(conversation=asked, reason=ClosedReason.DUPLICATE, by=karim)
    assert places(mei, [reply]) == {}


def reply(client, asked, member, body, **more):
    token = writing.new_token(member, f"conversations.reply:{asked.pk}")
    return client.post(
        reverse("conversations:reply", args=[asked.pk]), {"draft": token, "body": body, **more}
    )


def test_publishing_drops_the_draft_and_failing_does_not(client, asked, mei):
    as_member(client, mei)
    DraftFactory.create(member=mei, place=f"conversations.reply:{asked.pk}")
    assert reply(client, asked, mei, " ").status_code == 422
    assert files.my_drafts(mei)
    assert reply(client, asked, mei, "Gardez la plus récente.").status_code == 302
    assert files.my_drafts(mei) == []


def test_the_same_form_sent_twice_publishes_once(client, asked, mei):
    as_member(client, mei)
    token = writing.new_token(mei, f"conversations.reply:{asked.pk}")
    for _ in range(2):
        client.post(reverse("conversations:reply", args=[asked.pk]), {"draft": token, "body": "Un."})
    assert asked.contributions.filter(author=mei).count() == 1


def test_an_answer_sent_after_the_session_ended_is_in_the_form_after_signing_in(community, asked):
    mei = MembershipFactory.create(community=community, member__secret="un long secret à elle").member
    client = Client()
    away = reply(client, asked, mei, "Gardez la plus récente.")
    assert away["Location"].startswith(reverse("account_login"))
    page = f"/conversations/{asked.pk}/?draft=restore#repondre"
    back = client.post(
        reverse("account_login"), {"login": mei.email, "password": "un long secret à elle", "next": page}
    )
    shown = client.get(back["Location"]).content.decode()
    assert "Gardez la plus récente.</textarea>" in shown
    assert not asked.contributions.filter(author=mei).exists()


def test_without_scripts_a_file_joins_the_text_with_its_description(client, asked, mei):
    as_member(client, mei)
    given = {"body-files": sent(), "body-alt": "Le galet [usé]", "attach": "body"}
    page = reply(client, asked, mei, "Voici :", **given)
    assert page.status_code == 200
    body = page.context["form"].initial["body"]
    assert body.startswith("Voici :\n\n![Le galet (usé)](/files/")
    assert not asked.contributions.filter(author=mei).exists()
    reply(client, asked, mei, body)
    answer = asked.contributions.get(author=mei)
    assert 'alt="Le galet (usé)" width="40" height="30" loading="lazy"' in answer.html


def test_without_scripts_too_it_is_said_what_stays_in_a_file(client, asked, mei):
    as_member(client, mei)
    contract = sent(b"%PDF-1.7\n/ByteRange [0 1 2 3]", "contrat.pdf")
    page = reply(client, asked, mei, "Voici :", **{"body-files": contract, "attach": "body"})
    assert page.context["form"].initial["body"].startswith("Voici :\n\n[contrat.pdf](/files/")
    assert "contrat.pdf\u00a0» est signé" in page.content.decode()


def test_a_file_that_is_refused_costs_no_word(client, asked, mei):
    as_member(client, mei)
    page = reply(
        client, asked, mei, "Une longue réponse.", **{"body-files": sent(b"MZ\x90\x00\x00", "jeu.exe")}
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "jeu.exe" in text
    assert "Une longue réponse.</textarea>" in text
    assert not asked.contributions.filter(author=mei).exists()


def test_an_experience_takes_files_in_each_of_its_parts(client, community, karim):
    as_member(client, karim)
    start = reverse("conversations:start", args=[community.slug, "experience"])
    given = {"title": "Ce que j’ai fait du galet", "situation": "Il sautait.", "did": "Changé."}
    client.post(start, given | {"did-files": sent(), "did-alt": "Le galet neuf"})
    opening = Contribution.objects.get(conversation__title="Ce que j’ai fait du galet")
    assert 'alt="Le galet neuf"' in opening.html


def test_a_picture_without_description_is_announced_by_its_name(asked, mei):
    photo = stored(mei, name="galet usé.png")
    answer = services.contribute(conversation=asked, body=writing.markdown_of(photo), by=mei)
    assert 'alt="galet-usé"' in answer.html


def test_images_from_elsewhere_are_links(asked, mei):
    answer = services.contribute(conversation=asked, body="![Suivi](https://x.example/pixel.png)", by=mei)
    assert "<img" not in answer.html
    assert 'href="https://x.example/pixel.png"' in answer.html


def read(client, member, photo) -> int:
    return int(as_member(client, member).get(files.address_of(photo)).status_code)


def test_files_of_a_private_community_are_read_there_and_nowhere_else(client, community, asked, mei, karim):
    photo = stored(mei)
    answer = services.contribute(conversation=asked, body=writing.markdown_of(photo), by=mei)
    assert read(client, karim, photo) == 200
    assert read(client, MemberFactory.create(), photo) == 404
    membership = mei.memberships.get()
    membership.left_at = membership.joined_at
    membership.save()
    assert read(client, mei, photo) == 404
    assert read(client, karim, photo) == 200
    services.delete(contribution=answer, by=ManagerFactory.create(community=community).member)
    assert read(client, karim, photo) == 404


def test_a_stranger_who_pastes_its_address_shows_nothing_of_it(client, asked, mei):
    photo = stored(mei)
    services.contribute(conversation=asked, body=writing.markdown_of(photo), by=mei)
    stranger = MembershipFactory.create().member
    theirs = question(community=stranger.memberships.get().community, author=stranger)
    copied = services.contribute(conversation=theirs, body=writing.markdown_of(photo), by=stranger)
    assert "<img" not in copied.html
    assert read(client, stranger, photo) == 404


def test_a_file_taken_out_of_a_text_stays_while_an_earlier_version_shows_it(asked, mei):
    photo = stored(mei, image_bytes())
    answer = services.contribute(conversation=asked, body=writing.markdown_of(photo), by=mei)
    services.edit(contribution=answer, body="Sans image.", by=mei, version=1)
    writing.collect_files()
    assert photo.uses.exists()
    answer.revisions.all().delete()
    writing.collect_files()
    assert not photo.uses.exists()


def test_the_words_of_a_text_beyond_its_bounds_come_back(client, community, karim):
    as_member(client, karim)
    start = reverse("conversations:start", args=[community.slug, "question"])
    page = client.post(start, {"title": "Comment faire ?", "body": "x" * 40_001})
    assert page.status_code == 422
    assert "x" * 40_001 in page.content.decode()
    assert not Conversation.objects.filter(title="Comment faire ?").exists()


def test_who_has_a_draft_that_goes_soon_is_told_unless_they_write_on(asked, mei):
    place = f"conversations.reply:{asked.pk}"
    old = DraftFactory.create(
        member=mei, place=place, fields={"body": ["Un."]}, saved_at=timezone.now() - dt.timedelta(days=80)
    )
    subscribers.tell_that_a_draft_goes(DraftExpires(draft=old.pk, member=mei.pk, days=14))
    told = notices.DRAFT_EXPIRES
    assert told.still_due(mei, [old.pk]) == {old.pk}
    line = told.lines(mei, [Told(old.pk, ())])[old.pk]
    assert "s’efface" in line.words
    assert asked.title[:20] in line.title
    writing.save_draft(by=mei, place=place, fields={"body": ["Un, deux."]})
    assert told.still_due(mei, [old.pk]) == set()
