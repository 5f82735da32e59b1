"""What a statement must be, requirement by requirement (numbers of the conformance requirements of xAPI)."""

from __future__ import annotations

import copy
from contextlib import suppress
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passeur.algorithms.xapi import Invalid
from passeur.algorithms.xapi.statements import Edition, a_statement

LEA = {"mbox": "mailto:lea@example.org"}
TEAM = {"objectType": "Group", "name": "Ligne 3", "member": [LEA]}
VERB = {"id": "https://example.org/verbs/read"}
COURSE = {"id": "https://lms.example/course/1"}
REF = {"objectType": "StatementRef", "id": "5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10"}
SUB = {"objectType": "SubStatement", "actor": LEA, "verb": VERB, "object": COURSE}
FILE = {
    "usageType": "https://example.org/usage",
    "display": {"fr": "Un fichier"},
    "contentType": "image/png",
    "length": 3,
    "sha2": "a" * 64,
    "fileUrl": "https://example.org/file",
}


def said(**changes):
    made = {"actor": LEA, "verb": VERB, "object": COURSE, **changes}
    return {key: value for key, value in made.items() if value is not None}


def context(**parts):
    return said(context=parts)


def definition(**parts):
    return said(object={**COURSE, "definition": parts})


GOOD = {
    "the least there is": said(),
    "everything beside": said(
        id=str(uuid4()),
        timestamp="2026-11-28T09:00:00+01:00",
        stored="2026-11-28T09:00:00Z",
        version="1.0.3",
        authority=LEA,
        attachments=[FILE],
        result={
            "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
            "success": True,
            "completion": False,
            "response": "",
            "duration": "PT1H0M0.1S",
            "extensions": {"https://e.org/x": None},
        },
        context={
            "registration": str(uuid4()),
            "instructor": LEA,
            "team": TEAM,
            "revision": "",
            "platform": "Moodle",
            "language": "fr-CA",
            "statement": REF,
            "extensions": {"https://e.org/x": [None]},
            "contextActivities": {"parent": COURSE, "grouping": [COURSE], "category": [], "other": [COURSE]},
        },
    ),
    "a group without an identifier": said(actor=TEAM),
    "an identified group": said(
        actor={"objectType": "Group", "account": {"homePage": "https://e.org", "name": "3"}}
    ),
    "about an agent": said(object={"objectType": "Agent", **LEA}),
    "about a group": said(object=TEAM),
    "about a statement": said(object=REF),
    "about what somebody means to do": said(object=SUB),
    "voiding": said(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object=REF),
    "basic format of a date": said(timestamp="20261128T090000Z"),
    "weeks": said(result={"duration": "P4W"}),
    "a question with choices": definition(
        interactionType="choice",
        choices=[{"id": "a", "description": {"fr": "A"}}],
        correctResponsesPattern=["a"],
    ),
}


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", GOOD)
def test_what_is_a_statement(name, edition):
    a_statement(GOOD[name], edition)


BAD = {
    # Data 2.2: no null, no property that is not of xAPI, exact case
    "00001 null": said(result={"response": None}),
    "00001 null inside": definition(type=None),
    "00010 unknown property": said(mood="good"),
    "00010 unknown property inside": said(actor={**LEA, "mood": "good"}),
    "00009 case of a word": said(actor={"objectType": "agent", **LEA}),
    "00008 case of a property": said(Actor=LEA),
    # Data 2.4: what a statement needs
    "00003 no actor": said(actor=None),
    "00004 no verb": said(verb=None),
    "00005 no object": said(object=None),
    "00027 id": said(id="5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f1"),
    "00028 id is a number": said(id=5),
    # Data 2.4.2: actors
    "00034 nobody": said(actor={"name": "Léa"}),
    "00034 two identifiers": said(actor={**LEA, "openid": "https://lea.example"}),
    "00038 not an address": said(actor={"mbox": "lea@example.org"}),
    "00038 an address without a host": said(actor={"mbox": "mailto:lea"}),
    "00039 not a digest": said(actor={"mbox_sha1sum": "abc"}),
    "00040 not a URI": said(actor={"openid": "lea"}),
    "00042 account without a home": said(actor={"account": {"name": "lea"}}),
    "00042 home is no address": said(actor={"account": {"homePage": "home", "name": "lea"}}),
    "00041 account with more": said(actor={"account": {"homePage": "https://e.org", "name": "lea", "x": 1}}),
    "00036 group of nobody": said(actor={"objectType": "Group", "member": []}),
    "00037 group without members": said(actor={"objectType": "Group", "name": "x"}),
    "00036 group in a group": said(actor={"objectType": "Group", "member": [TEAM]}),
    "00035 agent with members": said(actor={"objectType": "Agent", **LEA, "member": [LEA]}),
    # Data 2.4.3 and 2.4.4
    "00044 verb without id": said(verb={}),
    "00044 verb is no IRI": said(verb={"id": "read"}),
    "00045 display": said(verb={**VERB, "display": "read"}),
    "00047 activity without id": said(object={}),
    "00011 activity is no IRI": said(object={"id": "ab=c://should.fail.example"}),
    "00059 description": definition(description={"fr": 3}),
    "00061 moreInfo": definition(moreInfo="somewhere"),
    "00049 interaction": definition(interactionType="guess"),
    "00064 components without a type": definition(choices=[{"id": "a"}]),
    "components of another type": definition(interactionType="likert", choices=[{"id": "a"}]),
    "the same id twice": definition(interactionType="choice", choices=[{"id": "a"}, {"id": "a"}]),
    "correct responses": definition(interactionType="choice", correctResponsesPattern=[1]),
    "00071 substatement in a substatement": said(object={**SUB, "object": SUB}),
    "00070 substatement with an id": said(object={**SUB, "id": str(uuid4())}),
    "00068 substatement with a version": said(object={**SUB, "version": "1.0.0"}),
    "00072 reference without an id": said(object={"objectType": "StatementRef"}),
    "00017 voiding an activity": said(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}),
    # Data 2.4.5: results
    "00074 success": said(result={"success": "yes"}),
    "00075 completion": said(result={"completion": 1}),
    "00077 duration": said(result={"duration": "PA1H"}),
    "00077 weeks with days": said(result={"duration": "P4W1D"}),
    "00077 nothing of a duration": said(result={"duration": "P"}),
    "00083 scaled": said(result={"score": {"scaled": 1.01}}),
    "00082 raw above max": said(result={"score": {"raw": 11, "max": 10}}),
    "00081 min above max": said(result={"score": {"min": 2, "max": 1}}),
    "score is true": said(result={"score": {"raw": True}}),
    # Data 2.4.6: context
    "00087-1 registration": context(registration="1"),
    "00088 team is an agent": context(team=LEA),
    "00093 other kind of context": context(contextActivities={"neighbour": COURSE}),
    "00094 context activity": context(contextActivities={"parent": "course"}),
    "00084 revision of a person": said(object={"objectType": "Agent", **LEA}, context={"revision": "1"}),
    "00085 platform of a person": said(object={"objectType": "Agent", **LEA}, context={"platform": "1"}),
    "00091 language": context(language="a12345678"),
    "00092 statement": context(statement={"id": str(uuid4())}),
    # Data 2.4.7 and following
    "00022 timestamp": said(timestamp="01/011/2015"),
    "00123 no zone known": said(timestamp="2026-11-28T09:00:00-00:00"),
    "00123 30 February": said(timestamp="2026-02-30T09:00:00Z"),
    "00098 authority of three": said(authority={"objectType": "Group", "member": [LEA, LEA, LEA]}),
    "00101 version": said(version="0.9.9"),
    "00101 a later version": said(version="1.1.0"),
    # Data 2.4.11: attachments
    "00025 not a list": said(attachments=FILE),
    "00107 usage": said(attachments=[{**FILE, "usageType": "x"}]),
    "00106 display": said(attachments=[{key: FILE[key] for key in FILE if key != "display"}]),
    "00105 content type": said(attachments=[{**FILE, "contentType": 3}]),
    "00102 length": said(attachments=[{**FILE, "length": "3"}]),
    "00103 digest": said(attachments=[{**FILE, "sha2": "abc"}]),
    "00104 fileUrl": said(attachments=[{**FILE, "fileUrl": "file"}]),
    # Data 4
    "00118 key of an extension": said(result={"extensions": {"x": 1}}),
    "00121 language map": said(verb={**VERB, "display": {"a12345678": "x"}}),
}


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", BAD)
def test_what_is_none(name, edition):
    with pytest.raises(Invalid) as refused:
        a_statement(BAD[name], edition)
    assert len(str(refused.value)) < 300


AGENTS = [{"objectType": "contextAgent", "agent": LEA, "relevantTypes": ["https://example.org/role"]}]
GROUPS = [{"objectType": "contextGroup", "group": TEAM}]


def test_agents_and_groups_of_a_context_are_of_the_second_edition():
    a_statement(context(contextAgents=AGENTS, contextGroups=GROUPS), Edition.TWO)
    with pytest.raises(Invalid, match="contextAgents"):
        a_statement(context(contextAgents=AGENTS), Edition.ONE)


@pytest.mark.parametrize(
    "change",
    [{"objectType": "Agent"}, {"agent": TEAM}, {"relevantTypes": []}, {"relevantTypes": ["role"]}, {"x": 1}],
)
def test_an_agent_of_a_context_is_whole(change):
    with pytest.raises(Invalid, match=r"contextAgents\[0\]"):
        a_statement(context(contextAgents=[{**AGENTS[0], **change}]), Edition.TWO)


def test_a_statement_of_the_second_edition_is_none_of_the_first():
    a_statement(said(version="2.0.0"), Edition.TWO)
    with pytest.raises(Invalid, match="version"):
        a_statement(said(version="2.0.0"), Edition.ONE)


def test_the_words_say_where():
    with pytest.raises(Invalid, match=r"^statement\.actor\.member\[1\]: an agent needs"):
        a_statement(said(actor={"objectType": "Group", "member": [LEA, {}]}), Edition.TWO)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
WHOLE = GOOD["everything beside"]


def places(value, at=()):
    yield at
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*at, key))
    if isinstance(value, list):
        for number in range(len(value)):
            yield from places(value[number], (*at, number))


@settings(max_examples=400)
@given(st.sampled_from([at for at in places(WHOLE) if at]), anything)
def test_whatever_stands_anywhere_is_taken_or_refused_and_never_breaks(at, value):
    made = copy.deepcopy(WHOLE)
    inner = made
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    with suppress(Invalid):
        a_statement(made, Edition.TWO)
