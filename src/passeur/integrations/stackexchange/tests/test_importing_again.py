import pytest
from django.utils import timezone

from passeur.conversations.queries.milestones import reached
from passeur.engagement.choices import Milestone
from passeur.integrations.tests.models import Contribution, Conversation, Member

from . import dumps
from .importing import bring_in, fingerprint

pytestmark = pytest.mark.django_db


def post(number):
    return Contribution.objects.get(external_id=number)


@pytest.fixture
def folder(tmp_path):
    path = dumps.write(tmp_path / "bread")
    bring_in(path)
    return path


def test_the_same_dump_again_writes_no_row(folder):
    before = fingerprint()
    summary = bring_in(folder)
    assert fingerprint() == before
    assert not summary.changed


def test_whoever_begins_to_write_becomes_a_member_with_the_newer_dump(folder):
    users = [
        *dumps.USERS,
        {"Id": "9", "CreationDate": "2020-01-05T08:00:00.000", "DisplayName": "Dana Muette"},
    ]
    dumps.write(folder, Users=users)
    assert not bring_in(folder).changed
    comments = [*dumps.COMMENTS, {**dumps.COMMENTS[1], "Id": "3", "UserId": "9"}]
    dumps.write(folder, Users=users, Comments=comments)
    bring_in(folder)
    dana = post("comment-3").author
    assert (dana.name, dana.joined_at.year, dana.memberships.count()) == ("Dana Muette", 2020, 1)


def test_a_newer_dump_brings_edits_and_keeps_what_was_there(folder):
    dumps.write(folder, Posts=dumps.changed(dumps.POSTS, "12", Body="<p>Ajoutez de l’eau tiède.</p>"))
    bring_in(folder)
    answer = post("12")
    assert (answer.version, answer.html) == (2, "<p>Ajoutez de l’eau tiède.</p>")
    assert answer.revisions.get().body == "<p>Ajoutez de l’eau.</p>"


def test_a_newer_dump_brings_another_acceptance_tags_and_votes(folder):
    before = reached(post("11").author, [Milestone.ACCEPTED])
    assert before
    posts = dumps.changed(dumps.POSTS, "10", AcceptedAnswerId="12", Tags="<cuisson>")
    posts = dumps.changed(posts, "12", Score="4")
    votes = [*dumps.VOTES[1:4], {**dumps.VOTES[4], "VoteTypeId": "2"}]
    dumps.write(folder, Posts=posts, Votes=votes)
    bring_in(folder)
    question = Conversation.objects.get(external_id="10")
    assert question.accepted_answer == post("12")
    assert reached(post("11").author, [Milestone.ACCEPTED]) == before
    assert [link.theme.name for link in question.theme_links.all()] == ["cuisson"]
    assert post("12").votes == 4
    assert (post("12").outside_votes.get().up, post("12").outside_votes.get().down) == (1, 0)


def test_what_a_newer_dump_no_longer_has_is_marked_as_deleted(folder):
    dumps.write(folder, Posts=dumps.without(dumps.POSTS, "12", "20"))
    bring_in(folder)
    assert post("12").is_deleted
    assert post("20").is_deleted
    assert Conversation.objects.get(external_id="20").is_closed
    assert Conversation.objects.get(external_id="10").answer_count == 1


def test_what_comes_back_is_shown_again(folder):
    dumps.write(folder, Posts=dumps.without(dumps.POSTS, "12"))
    bring_in(folder)
    dumps.write(folder)
    bring_in(folder)
    assert not post("12").is_deleted


def test_a_damaged_dump_deletes_nothing(folder):
    file = folder / "Posts.xml"
    file.write_bytes(file.read_bytes()[:-600])
    summary = bring_in(folder)
    assert summary.problems.truncated
    assert not Contribution.objects.exclude(deleted_at=None).exists()


def test_what_members_changed_here_stays(folder):
    member = Member.objects.create_user("lea@example.org", name="Léa")
    Contribution.objects.filter(external_id="12").update(
        body="Corrigé ici.", html="<p>Corrigé ici.</p>", version=2
    )
    Contribution.objects.filter(external_id="comment-2").update(deleted_at=timezone.now(), deleted_by=member)
    Conversation.objects.filter(external_id="10").update(
        closed_at=timezone.now(), closed_by=member, closed_reason="obsolete", title="Levain et froid"
    )
    bring_in(folder)
    question = Conversation.objects.get(external_id="10")
    assert (question.title, question.closed_reason) == ("Levain et froid", "obsolete")
    assert post("12").body == "Corrigé ici."
    assert post("comment-2").is_deleted


def test_the_name_of_somebody_who_claimed_their_account_is_theirs(folder):
    author = post("10").author
    Member.objects.filter(pk=author.pk).update(email="ada@example.org", name="Ada F.")
    users = dumps.changed(dumps.USERS, "1", DisplayName="Ada Autrement")
    dumps.write(folder, Users=dumps.changed(users, "2", DisplayName="Bruno B."))
    bring_in(folder)
    author.refresh_from_db()
    assert author.name == "Ada F."
    assert post("11").author.name == "Bruno B."


@pytest.mark.parametrize(("entry", "enters"), [("open", True), ("invitation", False)])
def test_an_import_lets_nobody_with_an_account_into_a_private_community(folder, entry, enters):
    ada = Member.objects.get(name="Ada Farine")
    ada.email = "ada@bread.example"
    ada.save()
    ada.memberships.get().community.__class__.objects.update(entry=entry)
    ada.memberships.all().delete()
    dumps.write(folder, Comments=[*dumps.COMMENTS, {**dumps.COMMENTS[0], "Id": "3", "Text": "Encore moi."}])
    assert bring_in(folder).changed
    assert ada.memberships.exists() is enters


def test_a_merged_tag_becomes_a_synonym_of_the_other(folder):
    posts = dumps.changed(dumps.POSTS, "10", Tags="<levain>")
    dumps.write(
        folder,
        Posts=posts,
        Tags=dumps.TAGS[:1],
        TagSynonyms=[{"Id": "1", "SourceTagName": "cuisson", "TargetTagName": "levain"}],
    )
    bring_in(folder)
    question = Conversation.objects.get(external_id="10")
    assert [link.theme.name for link in question.theme_links.all()] == ["levain"]
