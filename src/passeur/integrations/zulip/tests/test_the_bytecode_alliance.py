"""The whole public archive, where it is beside the project: no topic, message or channel more or less."""

from pathlib import Path

import pytest

from passeur.conversations.choices import Kind, State
from passeur.conversations.services import imports
from passeur.integrations.tests.models import Conversation
from passeur.integrations.zulip import ZulipArchive

ARCHIVE = Path(__file__).resolve().parents[6] / "shared" / "data" / "zulip-bytecodealliance"


@pytest.mark.django_db
@pytest.mark.skipif(not ARCHIVE.exists(), reason="the shared data is not beside the project")
def test_all_of_it_arrives():
    archive = ZulipArchive(ARCHIVE)
    summary = imports.load(archive, community=imports.community_for(archive))
    there = imports.totals_of(summary.channel)
    assert (there.conversations, there.messages, there.themes) == (4401, 46330, 41)
    assert summary.problems.count == 0
    resolved = Conversation.objects.filter(kind=Kind.QUESTION, state=State.RESOLVED)
    assert resolved.count() == 701
