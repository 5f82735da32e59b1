import datetime as dt

import pytest

from passeur.accounts.queries.people import imported
from passeur.channels.services.people import silent_accounts
from passeur.conversations.choices import ClosedReason, LinkKind, Part, State
from passeur.integrations.stackexchange import reading
from passeur.integrations.tests.models import Contribution, Conversation, ConversationLink, Identity

from . import dumps
from .importing import bring_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary(tmp_path):
    return bring_in(dumps.write(tmp_path / "bread"))


SILENT = {"Id": "9", "CreationDate": "2020-01-05T08:00:00.000", "DisplayName": "Dana Muette"}


def post(number):
    return Contribution.objects.get(external_id=number)


def test_questions_answers_and_comments_keep_their_places(summary):
    question = Conversation.objects.get(external_id="10")
    assert question.title == "Pourquoi mon levain ne lève-t-il pas ?"
    parts = dict(question.contributions.values_list("external_id", "part"))
    assert parts == {
        "10": Part.OPENING, "11": Part.ANSWER, "12": Part.ANSWER,
        "comment-1": Part.COMMENT, "comment-2": Part.COMMENT,
    }  # fmt: skip
    assert post("comment-1").parent == post("11")
    assert post("comment-2").parent == post("10")


def test_an_accepted_answer_comes_with_the_day_it_was_accepted(summary):
    question = Conversation.objects.get(external_id="10")
    assert question.accepted_answer == post("11")
    assert question.accepted_at == dt.datetime(2020, 2, 5, tzinfo=dt.UTC)
    assert question.state == State.RESOLVED


def test_scores_and_votes_by_day_survive(summary):
    assert (post("11").votes, post("12").votes) == (5, -1)
    votes = post("11").outside_votes.get()
    assert (votes.day, votes.up, votes.down) == (dt.date(2020, 2, 2), 2, 1)


def test_a_duplicate_is_linked_and_closed_as_one(summary):
    link = ConversationLink.objects.get()
    assert (link.source.external_id, link.target.external_id, link.kind) == ("20", "10", LinkKind.DUPLICATE)
    closed = Conversation.objects.get(external_id="20")
    assert (closed.state, closed.closed_reason) == (State.CLOSED, ClosedReason.DUPLICATE)


def test_people_are_members_without_an_account(summary):
    author = post("10").author
    assert (author.name, author.email, author.has_usable_password()) == ("Ada Farine", None, False)
    assert type(author).objects.filter(imported(), pk=author.pk).exists()
    assert author.memberships.get().community_id == summary.community
    assert Identity.objects.get(member=author).external_id == "1"


def test_the_sites_own_process_is_a_machine_and_belongs_nowhere(tmp_path):
    comments = [*dumps.COMMENTS, {**dumps.COMMENTS[0], "Id": "3", "UserId": "-1"}]
    bring_in(dumps.write(tmp_path / "bread", Comments=comments))
    machine = Identity.objects.get(external_id="-1").member
    assert machine.is_machine
    assert not machine.memberships.exists()


def test_whoever_deleted_their_account_stays_the_author_under_the_name_that_is_left(summary):
    author = post("12").author
    assert (author.name, author.is_active) == ("Parti Loin", False)
    assert not author.memberships.exists()


def test_tags_become_themes_in_the_order_of_the_author(summary):
    question = Conversation.objects.get(external_id="10")
    assert [link.theme.name for link in question.theme_links.all()] == ["levain", "cuisson"]
    assert [link.theme.name for link in Conversation.objects.get(external_id="20").theme_links.all()] == [
        "levain"
    ]


def test_a_mention_in_a_comment_is_of_the_person_of_that_thread(summary):
    assert [mention.member for mention in post("comment-1").mentions.all()] == [post("11").author]


def test_html_is_made_safe_and_kept_as_it_came(summary):
    answer = post("11")
    assert "alert" not in answer.html
    assert "<script>" in answer.body
    assert answer.markup == "html"


def test_a_link_to_a_post_of_the_site_leads_inside(summary):
    assert 'href="/from/stackexchange/bread.example.com/20/"' in post("11").html


def test_a_comments_small_markdown_is_read(summary):
    assert "<code>25 °C</code>" in post("comment-1").html
    assert post("comment-2").html == "<p>Quelle farine &lt;T65&gt; &amp; eau ?</p>"


def test_what_is_left_out_is_counted_and_said(summary):
    assert sum(summary.left_out.values()) == 4  # a wiki page, a favourite, a badge, an account without a word
    assert any("badges" in what for what in summary.left_out)


@pytest.mark.parametrize("remembered", [200_000, 0])
def test_whoever_wrote_nothing_does_not_become_a_member(tmp_path, monkeypatch, remembered):
    monkeypatch.setattr(reading, "REMEMBERED", remembered)
    summary = bring_in(dumps.write(tmp_path / "bread", Users=[*dumps.USERS, SILENT]))
    assert not Identity.objects.filter(external_id="9").exists()
    assert summary.written["people"] == Identity.objects.count() == 4
    assert summary.left_out[silent_accounts()] == 2  # and the site's own process


def test_whoever_only_edited_becomes_one(tmp_path):
    history = [
        {"Id": "1", "PostHistoryTypeId": "5", "PostId": "11", "CreationDate": "2020-02-01T10:00:00.000",
         "UserId": "9", "Text": "Trop froid."},
    ]  # fmt: skip
    bring_in(dumps.write(tmp_path / "bread", Users=[*dumps.USERS, SILENT], PostHistory=history))
    assert Identity.objects.get(external_id="9").member.name == "Dana Muette"


def test_an_answer_that_comes_before_its_question_finds_it(tmp_path):
    posts = sorted(dumps.POSTS, key=lambda row: row["Id"], reverse=True)
    bring_in(dumps.write(tmp_path / "bread", Posts=posts))
    assert Conversation.objects.get(external_id="10").contributions.count() == 5


def test_posts_alone_are_enough(tmp_path):
    none = dict.fromkeys(["Users", "Tags", "Comments", "Votes", "PostLinks", "Badges"])
    bring_in(dumps.write(tmp_path / "bread", **none))
    question = Conversation.objects.get(external_id="10")
    assert question.author.name == "Member 1"
    assert question.accepted_at == post("11").created_at
    assert [link.theme.name for link in question.theme_links.all()] == ["levain", "cuisson"]


def test_earlier_versions_and_reasons_come_from_the_history(tmp_path):
    history = [
        {"Id": "1", "PostHistoryTypeId": "2", "PostId": "11", "CreationDate": "2020-02-01T10:00:00.000",
         "UserId": "2", "Text": "Trop froid."},
        {"Id": "2", "PostHistoryTypeId": "5", "PostId": "11", "CreationDate": "2020-02-02T10:00:00.000",
         "UserId": "1", "Text": "Trop froid : voir ici."},
        {"Id": "3", "PostHistoryTypeId": "10", "PostId": "20", "CreationDate": "2020-03-02T09:00:00.000",
         "Comment": "102"},
    ]  # fmt: skip
    bring_in(dumps.write(tmp_path / "bread", PostHistory=history, PostLinks=None))
    first = post("11").revisions.get()
    assert (first.version, first.body, first.author.name) == (1, "Trop froid.", "Bruno Levain")
    assert post("11").version == 2
    assert Conversation.objects.get(external_id="20").closed_reason == ClosedReason.OFF_TOPIC


def test_synonyms_of_tags_find_their_theme(tmp_path):
    synonyms = [{"Id": "1", "SourceTagName": "sourdough", "TargetTagName": "levain"}]
    bring_in(dumps.write(tmp_path / "bread", TagSynonyms=synonyms))
    theme = Conversation.objects.get(external_id="20").theme_links.get().theme
    assert [synonym.name for synonym in theme.synonyms.all()] == ["sourdough"]


def test_a_former_address_leads_to_the_message(summary, client):
    member = post("10").author
    client.force_login(member)
    response = client.get("/from/stackexchange/bread.example.com/comment-1/")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"/contributions/{post('comment-1').pk}/")
    assert client.get("/from/stackexchange/bread.example.com/404/").status_code == 404
