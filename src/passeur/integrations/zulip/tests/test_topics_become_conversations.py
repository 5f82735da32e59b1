import json
import tarfile

import pytest

from passeur.conversations.choices import Kind, Part, State
from passeur.conversations.services import imports
from passeur.integrations.tests.models import Contribution, Conversation
from passeur.integrations.zulip import ZulipArchive

pytestmark = pytest.mark.django_db

KATEX = (
    '<p>Soit <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span></span>.</p>'
)
PREVIEW = (
    '<div class="message_embed"><a class="message_embed_image" href="https://a.example"></a><div class='
    '"data-container"><div class="message_embed_title"><a href="https://a.example">Un autre titre ?</a></div>'
    "</div></div>"
)


def message(number, who, content, at=0):
    return {"id": number, "sender_full_name": who, "content": content, "timestamp": 1_700_000_000 + at}


TOPICS = {
    "7-ateliers.2Fpain/Levain.20plat.3F.json": [
        message(1, "Ada", "<p>Mon levain ne lève pas. Pourquoi ?</p>"),
        message(
            2,
            "Bruno",
            '<p><span class="user-mention" data-user-id="1">@Ada</span> trop froid '
            '<span aria-label="ok" class="emoji emoji-1f44d" role="img">:thumbs_up:</span></p>',
            60,
        ),
        message(3, "Ada", "<p>Merci !</p>", 120),
        message(4, "Notification Bot", "<p>Ce sujet a été déplacé.</p>", 180),
    ],
    "7-ateliers.2Fpain/.E2.9C.94.20Four.json": [
        message(11, "Bruno", f"<p>Le four est réparé.</p>{PREVIEW}", 10),
        message(
            12,
            "Ada",
            '<p>Voir <a href="/#narrow/channel/7-ateliers/topic/Levain.20plat.3F/near/2">là</a></p>',
            70,
        ),
    ],
    "8-annonces/Portes.20ouvertes.json": [
        message(21, "Notification Bot", "<p>Sujet créé.</p>"),
        message(
            22,
            "Chloé",
            f'<p>Samedi.</p>{KATEX}<div class="codehilite"><pre><span></span><code>'
            '<span class="n">x</span></code></pre></div>',
            5,
        ),
        message(23, "Ada", "<p>Super</p>", 9),
        message(1, "Ada", "<p>Le même message, déplacé ici.</p>", 12),
    ],
}


@pytest.fixture
def folder(tmp_path):
    for name, messages in TOPICS.items():
        file = tmp_path / "zulip-boulange" / "zulip_json" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(messages))
    (tmp_path / "zulip-boulange" / "zulip_json" / "stream_index.json").write_text("{}")
    return tmp_path / "zulip-boulange"


def bring_in(path):
    archive = ZulipArchive(path)
    return imports.load(archive, community=imports.community_for(archive))


def conversation(title):
    return Conversation.objects.get(title=title)


def test_a_topic_that_asks_is_a_question_and_others_answer_it(folder):
    bring_in(folder)
    question = conversation("Levain plat?")
    assert (question.kind, question.state) == (Kind.QUESTION, State.NOT_HELPED)
    parts = list(question.contributions.values_list("author__name", "part"))
    assert parts == [
        ("Ada", Part.OPENING), ("Bruno", Part.ANSWER), ("Ada", Part.REPLY), ("Notification Bot", Part.REPLY),
    ]  # fmt: skip
    assert question.themes.get().name == "ateliers/pain"


def test_a_topic_that_does_not_ask_is_a_discussion_opened_by_its_first_person(folder):
    bring_in(folder)
    discussion = conversation("Portes ouvertes")
    assert (discussion.kind, discussion.author.name) == (Kind.DISCUSSION, "Chloé")
    assert discussion.contributions.get(external_id="8/21").author.is_machine


def test_a_resolved_topic_is_a_resolved_question(folder):
    bring_in(folder)
    resolved = conversation("Four")
    assert (resolved.kind, resolved.state, resolved.closed_reason) == (
        Kind.QUESTION,
        State.RESOLVED,
        "resolved",
    )


def test_a_message_in_two_channels_arrives_in_both(folder):
    bring_in(folder)
    assert Contribution.objects.filter(external_id__in=["7/1", "8/1"]).count() == 2
    assert Contribution.objects.count() == 10


def test_texts_keep_what_they_mean(folder):
    bring_in(folder)
    html = Contribution.objects.get(external_id="8/22").html
    assert '<code class="math">$x^2$</code>' in html
    assert "<code>x</code>" in html
    assert "👍" in Contribution.objects.get(external_id="7/2").html
    assert "Un autre titre" not in Contribution.objects.get(external_id="7/11").html


def test_links_between_messages_lead_inside(folder):
    bring_in(folder)
    assert '"/from/zulip/boulange.zulipchat.com/7/2/"' in Contribution.objects.get(external_id="7/12").html


def test_mentions_are_of_the_person_named(folder):
    bring_in(folder)
    assert [m.member.name for m in Contribution.objects.get(external_id="7/2").mentions.all()] == ["Ada"]


def test_again_nothing_changes_and_more_messages_are_added(folder):
    bring_in(folder)
    assert not bring_in(folder).changed
    file = folder / "zulip_json" / "8-annonces" / "Portes.20ouvertes.json"
    rows = [*TOPICS["8-annonces/Portes.20ouvertes.json"], message(30, "Bruno", "<p>À samedi</p>", 300)]
    file.write_text(json.dumps(rows))
    bring_in(folder)
    assert conversation("Portes ouvertes").reply_count == 3


def test_an_archive_says_the_same_as_its_folder(folder):
    file = folder.parent / "zulip-boulange.tar.xz"
    with tarfile.open(file, "w:xz") as archive:
        archive.add(folder / "zulip_json", "zulip_json")
    bring_in(folder)
    assert not bring_in(file).changed


@pytest.mark.parametrize(
    "content",
    [
        "[{",
        "{}",
        '[{"id": 1, "content": "<p>a</p>", "timestamp": 1}]',
        '[{"id": 1, "sender_full_name": "A", "content": 3, "timestamp": 1}]',
        "[1]",
    ],
)
def test_a_broken_topic_is_told_and_the_others_arrive(folder, content):
    (folder / "zulip_json" / "8-annonces" / "Portes.20ouvertes.json").write_text(content)
    summary = bring_in(folder)
    assert [problem.file.rpartition("/")[2] for problem in summary.problems.first] == [
        "Portes.20ouvertes.json"
    ]
    assert Conversation.objects.count() == 2


def test_text_that_a_database_cannot_hold_is_mended(folder):
    file = folder / "zulip_json" / "8-annonces" / "Portes.20ouvertes.json"
    file.write_text(
        '[{"id": 1, "sender_full_name": "A\\u0000da", "content": "<p>\\ud83d fin</p>", "timestamp": 1}]'
    )
    bring_in(folder)
    assert Contribution.objects.get(external_id="8/1").author.name == "Ada"
