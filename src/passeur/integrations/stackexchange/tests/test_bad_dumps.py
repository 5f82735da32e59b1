import tarfile

import pytest

from passeur.channels.errors import HostileArchive, NotAnArchive, UnreadableArchive
from passeur.foundation.errors import PasseurError
from passeur.integrations.tests.models import Contribution, Conversation, ImportRun

from . import dumps
from .importing import bring_in

pytestmark = pytest.mark.django_db

BOMB = """<?xml version="1.0"?>
<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<posts><row Id="1" PostTypeId="1" Title="&b;" /></posts>
"""


def refused(summary):
    return {(problem.file, problem.line) for problem in summary.problems.first}


def test_a_malformed_row_is_told_with_its_line_and_the_others_arrive(tmp_path):
    folder = dumps.write(tmp_path / "bread")
    file = folder / "Posts.xml"
    lines = file.read_text(encoding="utf-8").split("\n")
    lines[3] = '  <row Id="11" PostTypeId="2" ParentId="10" Body="<p>" />'
    file.write_text("\n".join(lines), encoding="utf-8")
    summary = bring_in(folder)
    assert ("Posts.xml", 4) in refused(summary)
    assert set(Contribution.objects.exclude(part="comment").values_list("external_id", flat=True)) == {
        "10",
        "12",
        "20",
    }


@pytest.mark.parametrize(
    ("number", "values"),
    [
        ("11", {"CreationDate": "2020-02-30T10:00:00.000"}),
        ("11", {"ParentId": None}),
        ("11", {"Body": None}),
        ("11", {"Score": "beaucoup"}),
        ("11", {"Id": "onze"}),
    ],
)
def test_a_row_that_lacks_what_it_must_have_is_refused_alone(tmp_path, number, values):
    summary = bring_in(dumps.write(tmp_path / "bread", Posts=dumps.changed(dumps.POSTS, number, **values)))
    assert ("Posts.xml", 4) in refused(summary)
    assert summary.problems.count == 1
    assert Contribution.objects.filter(external_id="12").exists()
    assert not Contribution.objects.filter(external_id="11").exists()


def test_the_same_number_twice_arrives_once(tmp_path):
    bring_in(
        dumps.write(
            tmp_path / "bread", Posts=[*dumps.POSTS, dumps.POSTS[1]], Users=[*dumps.USERS, dumps.USERS[1]]
        )
    )
    assert Contribution.objects.filter(external_id="11").count() == 1


def test_an_answer_without_its_question_is_counted_not_shown(tmp_path):
    summary = bring_in(dumps.write(tmp_path / "bread", Posts=dumps.without(dumps.POSTS, "10")))
    assert not Contribution.objects.filter(external_id="11").exists()
    assert 4 in summary.left_out.values()  # two answers and two comments


def test_a_truncated_file_is_told_and_what_was_whole_arrives(tmp_path):
    folder = dumps.write(tmp_path / "bread")
    file = folder / "Comments.xml"
    file.write_bytes(file.read_bytes()[:-120])
    summary = bring_in(folder)
    assert summary.problems.truncated
    assert [problem.file for problem in summary.problems.first] == ["Comments.xml"] * summary.problems.count
    assert Contribution.objects.filter(external_id="comment-1").exists()


def test_xml_that_declares_entities_is_refused_and_nothing_stays(tmp_path):
    folder = dumps.write(tmp_path / "bread")
    (folder / "Comments.xml").write_text(BOMB)
    with pytest.raises(HostileArchive) as refusal:
        bring_in(folder)
    assert str(refusal.value).count(".") <= 2
    assert not Conversation.objects.exists()
    assert ImportRun.objects.get().state == ImportRun.State.INTERRUPTED


@pytest.mark.parametrize("content", [b"", b"ceci n'est pas une archive", b"7z\xbc\xaf\x27\x1c\x00\x04"])
@pytest.mark.parametrize("name", ["bread.7z", "bread.tar.xz", "bread.zip", "bread.rar"])
def test_a_file_that_is_no_archive_is_refused_in_one_sentence(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(PasseurError) as refusal:
        bring_in(file)
    assert name in str(refusal.value)


def test_a_truncated_archive_is_refused_and_nothing_stays(tmp_path):
    folder = dumps.write(tmp_path / "bread")
    file = tmp_path / "bread.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        archive.add(folder, "bread")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(UnreadableArchive):
        bring_in(file)
    assert not Conversation.objects.exists()


def test_a_folder_without_posts_is_no_dump(tmp_path):
    with pytest.raises(NotAnArchive):
        bring_in(tmp_path)
