"""What is read quickly says what the long way says, and whatever is not plain is left to the long way."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passeur.algorithms.xapi import Invalid, familiar, reading
from passeur.algorithms.xapi.prepared import prepare
from passeur.algorithms.xapi.statements import Edition

AUTHORITY = {"objectType": "Agent", "account": {"homePage": "https://a.example", "name": "k"}, "name": "LMS"}
ID = "6f0d0c70-6f7b-4d0a-9b5e-0d8f6a1f6a01"
LEA = {"mbox": "mailto:Lea@e.org", "name": "Léa"}
GROUP = {"objectType": "Group", "member": [LEA, {"openid": "https://e.org/o"}]}
TEAM = {**GROUP, "account": {"homePage": "https://e.org", "name": "team"}}
VIDEO = {
    "id": "https://e.org/v/1",
    "definition": {"name": {"fr": 'Une vidéo \\ "deux"'}, "type": "https://e.org/t"},
}
WHOLE: dict[str, Any] = {
    "id": ID,
    "actor": LEA,
    "verb": {"id": "https://e.org/verbs/did", "display": {"en": "did"}},
    "object": VIDEO,
    "result": {"score": {"scaled": 0.5, "raw": 1.10, "max": 10}, "duration": "PT1H", "success": True},
    "context": {
        "registration": "6F0D0C70-6F7B-4D0A-9B5E-0D8F6A1F6A02",
        "instructor": {"mbox_sha1sum": "a" * 40},
        "team": TEAM,
        "contextActivities": {
            "parent": [{"id": "https://e.org/course"}],
            "other": [VIDEO, {"id": "https://e.org/course", "definition": {"name": {"fr": "Cours"}}}],
        },
        "platform": "LMS",
        "language": "fr",
        "statement": {"objectType": "StatementRef", "id": ID},
        "extensions": {"https://e.org/x": {"n": [1, 2.50, None]}},
    },
    "timestamp": "2026-11-28T09:00:00+01:00",
}


def both(body: str, edition: Edition = Edition.TWO):
    """(the quick way, the long way): what each makes of a body that is an array."""
    quick = familiar.read(body.encode(), edition, AUTHORITY)
    try:
        written, is_array = reading.objects_of(reading.text_of(body.encode()))
        long = [prepare(one, edition, AUTHORITY, where="statement") for one in written], is_array
    except Invalid:
        long = None
    return quick, long


def assert_same(body: str, edition: Edition = Edition.TWO, *, is_quick: bool = True):
    for _again in range(2):  # read, then known
        quick, long = both(body, edition)
        assert (quick is not None) == is_quick
        if quick is not None:
            assert long is not None
            assert quick == long


CHANGES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a group acts": {"actor": GROUP},
    "upon an agent": {"object": {"objectType": "Agent", **LEA}},
    "upon a team": {"object": TEAM},
    "upon a statement": {"object": {"objectType": "StatementRef", "id": ID.upper()}},
    "no context": {"context": None, "result": None, "timestamp": None},
    "agents around": {
        "context": {
            "contextAgents": [
                {"objectType": "contextAgent", "agent": LEA, "relevantTypes": ["https://e.org/r"]}
            ],
            "contextGroups": [{"objectType": "contextGroup", "group": TEAM}],
        }
    },
    "a version": {"version": "2.0.0"},
    "no words": {"verb": {"id": "https://e.org/verbs/did"}, "object": {"id": "https://e.org/v/1"}},
}


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_the_quick_way_says_what_the_long_way_says(change, escaped, separators):
    one = {name: value for name, value in (WHOLE | CHANGES[change]).items() if value is not None}
    if one["object"].get("objectType", "Activity") != "Activity":
        one["context"] = {"registration": ID}
    assert_same(json.dumps([one, one], ensure_ascii=escaped, separators=separators))
    assert_same(json.dumps(one, ensure_ascii=escaped, separators=separators) + "\n")


def test_in_both_editions():
    body = json.dumps([WHOLE | {"version": "1.0.1"}])
    assert_same(body, Edition.ONE)
    agents = json.dumps([WHOLE | CHANGES["agents around"]])
    assert both(agents, Edition.ONE) == (None, None)
    assert_same(agents, Edition.TWO)


def test_who_says_no_id_is_given_one():
    body = json.dumps({name: value for name, value in WHOLE.items() if name != "id"})
    (quick, _), (long, _) = both(body)
    assert len(quick[0].id) == 36
    assert quick[0].words.replace(quick[0].id, "") == long[0].words.replace(long[0].id, "")


TEXT = json.dumps(WHOLE, separators=(",", ":"))
UNUSUAL = {
    "a key twice": TEXT[:-1] + f',"id":"{ID}"}}',
    "a key twice that is wrong once": f'{{"id":1,{TEXT[1:]}',
    "a key twice inside": TEXT.replace('"name":', '"name":"x","name":', 1),
    "a key twice in the context": TEXT.replace('"platform":', '"platform":"x","platform":'),
    "a key twice in the result": TEXT.replace('"success":', '"success":true,"success":'),
    "a space more": TEXT.replace('"verb":', '"verb": '),
    "an escaped key": TEXT.replace('"actor"', '"\\u0061ctor"'),
    "half a character": TEXT.replace('"LMS"', '"\\ud800"'),
    "a null character": TEXT.replace('"LMS"', '"\\u0000"'),
    "a number too large": TEXT.replace("2.5,", "1e400,"),
    "not a number": TEXT.replace("2.5,", "NaN,"),
    "too many digits": TEXT.replace("2.5,", "9" * 5000 + ","),
    "too deep": TEXT.replace("2.5,", "[" * 99 + "]" * 99 + ","),
    "something behind": TEXT + "1",
    "cut": TEXT[:-1],
    "large letters in the id": TEXT.replace(ID, ID.upper(), 1),
    "an unknown property": TEXT[:-1] + ',"x":1}',
    "voiding": TEXT.replace("https://e.org/verbs/did", "http://adlnet.gov/expapi/verbs/voided"),
    "an activity by itself": TEXT.replace('[{"id":"https://e.org/course"}]', '{"id":"https://e.org/course"}'),
    "no date": TEXT.replace("2026-11-28T09", "2026-13-28T09"),
    "no language": TEXT.replace('"language":"fr"', '"language":"f"'),
    "platform of no activity": json.dumps({**WHOLE, "object": {"objectType": "Agent", **LEA}}),
    "a kind that is a list": TEXT.replace('"object":{', '"object":{"objectType":["Agent"],'),
    "an object that is a list": json.dumps({**WHOLE, "object": []}),
    "attachments": json.dumps({**WHOLE, "attachments": []}),
    "nothing": "",
    "a word": '"x"',
}  # fmt: skip


@pytest.mark.parametrize("case", UNUSUAL)
def test_what_is_not_plain_is_left_to_the_long_way(case):
    assert_same(TEXT)  # its parts are known
    assert_same(UNUSUAL[case], is_quick=False)
    assert_same(f"[{TEXT},{UNUSUAL[case]}]", is_quick=False)


def test_what_is_not_text_is_left_to_the_long_way():
    assert familiar.read(TEXT.encode().replace(b"LMS", b"\xff"), Edition.TWO, AUTHORITY) is None


def test_what_was_wrong_stays_wrong():
    body = TEXT.replace("mailto:Lea@e.org", "Lea")
    for _again in range(2):
        assert both(body) == (None, None)


def places(value, at=()):
    yield at
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*at, key))


odd = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5),
    st.just([]), st.just({}),
    st.dictionaries(st.sampled_from(["id", "objectType", "name", "mbox"]), st.text(max_size=3), max_size=2),
)  # fmt: skip


@given(place=st.sampled_from([place for place in places(WHOLE) if place]), value=odd, escaped=st.booleans())
def test_with_anything_anywhere_both_agree(place, value, escaped):
    one = copy.deepcopy(WHOLE)
    inner: Any = one
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    quick, long = both(json.dumps([WHOLE, one], ensure_ascii=escaped))
    assert quick is None or quick == long
