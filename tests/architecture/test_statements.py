"""Each event is told as statements, or it is said why not; and the profile is what is written."""

import re
from pathlib import Path

import pytest

from passeur.foundation.events import Event
from passeur.records import protocols
from passeur.records.protocols import Kind, Verb
from passeur.records.services import deriving

PROFILE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "xapi-profile.md"

FOLLOWS = "what changed is told by ConversationChanged, which is announced with it"
RUNNING = "how a place is run, which the audit log keeps; nobody learned anything"
PRIVATE = "between people: never a statement"
ITSELF = "something that Passeur does by itself, for what it derives"
WITHOUT = {
    "accounts.MembersMerged": "who is who: agents follow, statements stay",
    "accounts.MergeUndone": "who is who: agents follow, statements stay",
    "accounts.AccountClosed": RUNNING,
    "accounts.AccountReopened": RUNNING,
    "accounts.SignInHelpAsked": RUNNING,
    "accounts.FactorsEnded": RUNNING,
    "accounts.AvailabilityChanged": "a preference, and an absence is nobody's business",
    "accounts.ErasureAsked": "statements of the person go",
    "accounts.MemberErased": "statements of the person go",
    "accounts.AddressChangeAsked": RUNNING,
    "accounts.AddressChanged": RUNNING,
    "administration.BatchLaunched": RUNNING,
    "communities.CommunityCreated": "its founder's joining is told",
    "communities.CommunityArchived": RUNNING,
    "communities.CommunityReopened": RUNNING,
    "communities.CharterPublished": RUNNING,
    "communities.RoleChanged": RUNNING,
    "communities.ClaimMade": "who is who: agents follow, statements stay",
    "communities.ClaimDecided": "who is who: agents follow, statements stay",
    "communities.GoalChanged": RUNNING,
    "communities.IntervalChanged": RUNNING,
    "communities.InvitationToSend": RUNNING,
    "conversations.ConversationStarted": FOLLOWS,
    "conversations.ContributionAdded": FOLLOWS,
    "conversations.ContributionEdited": FOLLOWS,
    "conversations.ContributionDeleted": FOLLOWS,
    "conversations.ContributionRestored": FOLLOWS,
    "conversations.AnswerAccepted": FOLLOWS,
    "conversations.AcceptanceWithdrawn": FOLLOWS,
    "conversations.MemberMentioned": "the text that names somebody is told; whom it names is in its words",
    "conversations.ConversationThemesChanged": "themes are those of the moment it was written",
    "conversations.ConversationsCarried": "who is who: agents follow, statements stay",
    "conversations.ConversationsIndexed": ITSELF,
    "conversations.SearchMissed": "nobody is known to have searched, and a statement needs somebody",
    "desk.CueTreated": "a manager's work on the desk is not activity to be measured",
    "desk.CueReturned": "a manager's work on the desk is not activity to be measured",
    "expertise.ReferralAnswered": "the answer itself is told",
    "expertise.ReferralWithdrawn": "nothing was done",
    "expertise.QuestionQueued": ITSELF,
    "introductions.IntroductionProposed": PRIVATE,
    "introductions.IntroductionWithdrawn": PRIVATE,
    "introductions.MessageWritten": PRIVATE,
    "introductions.IntroductionFollowedUp": PRIVATE,
    "notifications.NoticesMailed": ITSELF,
    "outreach.NoteWritten": PRIVATE,
    "outreach.NoteDone": PRIVATE,
    "engagement.ActivityCounted": "made of statements",
    "engagement.CompanySwitched": "a choice about oneself",
    "engagement.LastingMoved": ITSELF,
    "records.AgentsLinked": "who is who: agents follow, statements stay",
    "records.CourseHelpSwitched": "a choice about oneself",
    "records.CourseTied": RUNNING,
    "records.LearningMoved": "what a platform told of it is there already",
    "skills.ThemeCreated": RUNNING,
    "skills.ThemesMerged": RUNNING,
    "skills.ThemeRenamed": RUNNING,
    "skills.SkillDeclared": "what somebody says of themself is their profile, kept without a date",
    "sponsors.EditionMade": RUNNING,
    "sponsors.SponsorNamed": RUNNING,
    "writing.DraftExpires": ITSELF,
    "writing.FilesErased": ITSELF,
}


def _short(name: str) -> str:
    parts = name.split(".")
    return f"{parts[1]}.{parts[-1]}"


def _ours() -> set[str]:
    return {_short(name) for name in Event.registry if ".tests." not in name and name.startswith("passeur.")}


def test_each_event_is_told_or_it_is_said_why_not():
    told = {_short(name) for name in deriving.events}
    assert sorted(_ours() - told - WITHOUT.keys()) == [], "no statement, and no reason"
    assert sorted(WITHOUT.keys() - _ours()) == [], "a reason for an event that there is not"
    assert sorted(told & WITHOUT.keys()) == [], "told, and yet a reason why not"


def test_a_verb_that_can_be_voided_belongs_to_one_source():
    """Else one source would take back what another told."""
    owners = [(verb, one.name) for one in deriving.sources.values() for verb in one.verbs]
    for one in deriving.sources.values():
        if one.anchor is not None:
            assert [name for verb, name in owners if verb in one.verbs and name != one.name] == []


@pytest.mark.parametrize("word", ["messages", "notes"])
def test_no_source_is_about_what_people_write_to_each_other(word):
    assert word not in deriving.sources


def _declared() -> set[str]:
    things = vars(protocols).values()
    return {one.iri for one in things if isinstance(one, Verb | Kind)} | {
        protocols.PROFILE,
        protocols.CONCERNED,
    }


def test_the_profile_has_all_that_is_written_and_nothing_else():
    written = set(re.findall(r"^\| [^|]+ \| `([^`]+)` \|", PROFILE.read_text(), re.MULTILINE))
    extensions = {iri for iri in written if iri.startswith(protocols.EXTENSION)}
    assert written - extensions == _declared()
    assert {iri.removeprefix(protocols.EXTENSION) for iri in extensions} == {
        "channel", "length", "meaning", "reason", "took-part",
    }  # fmt: skip
