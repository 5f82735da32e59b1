"""Statements from a file: read twice without harm, refused by line, and written out again."""

from __future__ import annotations

import gzip
import json

import pytest

from passeur.algorithms.xapi import reading

from ..models import Statement, StatementId
from ..queries import statements
from ..services import importing, recording
from .factories import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(tmp_path):
    def write(*lines, name="statements.jsonl", packed=False):
        raw = b"".join(
            (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines
        )
        path = tmp_path / name
        path.write_bytes(gzip.compress(raw) if packed else raw)
        return path

    return write


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_can_be_read_again(written, packed):
    path = written(said(), b"", said(id=None), said(version="1.0.3"), packed=packed)
    first, second = importing.load(path), importing.load(path)
    assert (first.read, first.new, first.refused) == (3, 3, [])
    assert (second.read, second.new, second.known, second.refused) == (3, 0, 3, [])
    assert Statement.objects.count() == 3


def test_what_was_read_before_an_interruption_is_not_read_twice(written, monkeypatch):
    path = written(*[said() for _ in range(7)])
    monkeypatch.setattr(importing, "BATCH", 2)
    real, calls = recording.record, []

    def stopped(*given, **more):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(recording, "record", stopped)
    with pytest.raises(KeyboardInterrupt):
        importing.load(path)
    assert Statement.objects.count() == 4
    again = importing.load(path)
    assert (again.new, again.known) == (3, 4)


def test_a_refused_line_says_which_and_why_and_stops_nothing(written):
    twice, other = said(), said()
    path = written(
        b"{not json", said(verb=None), twice, {**twice, "result": {"success": True}}, [said()], twice, other,
        b'{"a": "\xff"}', b'"' + b"x" * (importing.LONGEST + 5) + b'"', said(),
    )  # fmt: skip
    told = importing.load(path)
    assert told.new == 3
    assert [line for line, _ in told.refused] == [1, 2, 4, 5, 8, 9]
    assert "verb" in dict(told.refused)[2]
    assert twice["id"] in dict(told.refused)[4]


def test_a_statement_that_contradicts_one_that_is_there_is_refused_alone(written):
    before = said()
    importing.load(written(before))
    told = importing.load(written(said(), {**before, "result": {"success": True}}, said(), name="more.jsonl"))
    assert (told.new, [line for line, _ in told.refused]) == (2, [2])


def test_what_is_no_gzip_to_its_end_says_so(written):
    path = written(*[said() for _ in range(50)], packed=True)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(importing.NotReadable, match=r"statements\.jsonl"):
        importing.load(path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:5],
        lambda raw: raw[:40] + b"\xff" * 200 + raw[240:],
        lambda raw: raw[:-8] + b"\0" * 8,
        lambda raw: b"\x1f\x8b" + b"garbage" * 20,
        lambda raw: b"\x1f\x8b",
    ],
)
def test_a_broken_gzip_is_told_in_a_sentence_and_what_came_before_stays(written, spoil):
    path = written(*[said() for _ in range(300)], packed=True)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(importing.NotReadable, match=r"statements\.jsonl: ."):
        importing.load(path)
    assert Statement.objects.count() == StatementId.objects.count() <= 300


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (b"", 0),
        (b"\n \n\r\n", 0),
        (b"\xff\xfe\x00", 1),
        (json.dumps(said()).encode("utf-16"), 1),
        (json.dumps(said()).encode("utf-8-sig"), 1),
        (b"\0" * 5000, 1),
        (b"{" * 5000 + b"\n" + b'{"a":' * 5000, 2),
        (b"\x89PNG\r\n\x1a\n", 2),
    ],
)
def test_what_is_no_file_of_statements_is_refused_by_line(tmp_path, raw, refused):
    path = tmp_path / "statements.jsonl"
    path.write_bytes(raw)
    told = importing.load(path)
    assert (told.read, told.new, len(told.refused)) == (refused, 0, refused)
    assert all(why and "\n" not in why for _, why in told.refused)


def test_an_array_larger_than_a_request_may_be_is_read(written, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 1000)
    assert importing.load(written([said() for _ in range(20)])).new == 20


def test_everything_is_written_out_in_order(written, monkeypatch):
    monkeypatch.setattr(statements, "MOST", 2)
    sent = [said() for _ in range(5)]
    importing.load(written(*sent))
    rows = list(statements.everything(since=statements.EPOCH, until=statements.consistent_through()))
    assert [json.loads(body)["id"] for _, body in rows] == [one["id"] for one in sent]


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_may_be_an_array(tmp_path, packed):
    raw = json.dumps([said(), said(verb=None), said()], indent=1).encode()
    path = tmp_path / "statements.json"
    path.write_bytes(gzip.compress(raw) if packed else raw)
    told = importing.load(path)
    assert (told.read, told.new) == (3, 2)
    assert [place for place, _ in told.refused] == [2]
    assert importing.load(path).known == 2


def test_an_array_that_does_not_end_is_no_file_of_statements(written):
    with pytest.raises(importing.NotReadable, match="not JSON"):
        importing.load(written(b"[", said()))


def test_statements_of_the_video_profile_load_as_a_course_platform_writes_them(written):
    """No `version`, no `stored`, an account by a UUID, a course whose id is no address."""
    video = "https://w3id.org/xapi/video"
    told = importing.load(
        written(
            {
                "id": "5f1c0c5e-95a5-4b0e-9d5e-0c3f6a1f7d11",
                "actor": {
                    "objectType": "Agent",
                    "account": {"name": "a-1", "homePage": "http://mooc.example"},
                },
                "verb": {"id": f"{video}/verbs/seeked", "display": {"en-US": "seeked"}},
                "object": {
                    "id": "uuid://7d4f3c70-1e79-4243-9b7d-166076ce8b00",
                    "objectType": "Activity",
                    "definition": {"type": f"{video}/activity-type/video", "name": {"en-US": "A-1"}},
                },
                "result": {"extensions": {f"{video}/extensions/played-segments": "0[.]42.6[,]43.1[.]124.6"}},
                "context": {
                    "contextActivities": {
                        "category": [{"id": video}],
                        "parent": [{"id": "course-v1:MOOC+00002+session01", "objectType": "Activity"}],
                    }
                },
                "timestamp": "2021-11-29T23:09:00.867219+00:00",
            }
        )
    )
    assert (told.new, told.refused) == (1, [])
