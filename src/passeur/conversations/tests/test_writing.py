"""Writing in conversations: who may, what it changes, what is announced."""

import pytest
from django.core.exceptions import PermissionDenied

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import (
    CharterFactory,
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
)
from passeur.conversations import errors, services
from passeur.conversations.choices import ClosedReason, Kind, Meaning, Part, State
from passeur.conversations.models import Contribution, Conversation
from passeur.conversations.queries.history import versions
from passeur.foundation import events as bus
from passeur.skills.tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def karim(community):
    return MembershipFactory.create(community=community, member__name="Karim Haddad").member


@pytest.fixture
def mei(community):
    return MembershipFactory.create(
        community=community, member__name="Mei Tran", member__handle="mei-tran"
    ).member


@pytest.fixture
def naima(community):
    return ManagerFactory.create(community=community, member__name="Naïma Ferrand").member


@pytest.fixture
def announced(monkeypatch):
    told: list[bus.Event] = []
    monkeypatch.setattr(bus, "publish", told.append)
    return told


def ask(community, by, **fields) -> Conversation:
    given = {
        "kind": Kind.QUESTION,
        "title": "Comment fiabiliser l’import ?",
        "body": "Une référence arrive en double.",
    }
    return services.start_conversation(community=community, by=by, **(given | fields))


def test_a_member_asks_and_the_question_waits(community, karim, announced):
    theme = ThemeFactory.create(community=community)
    question = ask(community, karim, themes=[theme], invited=[7])
    assert question.state == State.WAITING
    assert list(question.themes.all()) == [theme]
    assert question.follows.get().member == karim
    (started,) = [event for event in announced if type(event).__name__ == "ConversationStarted"]
    assert (started.conversation, started.invited) == (question.pk, [7])


def test_who_does_not_belong_does_not_write(community, karim):
    stranger = MemberFactory.create()
    with pytest.raises(PermissionDenied):
        ask(community, stranger)
    with pytest.raises(PermissionDenied):
        services.contribute(conversation=ask(community, karim), body="Moi aussi.", by=stranger)


def test_a_member_who_has_not_accepted_the_charter_in_force_does_not_write(community, karim):
    CharterFactory.create(community=community)
    with pytest.raises(PermissionDenied):
        ask(community, karim)


def test_only_who_steers_announces(community, karim, naima):
    with pytest.raises(PermissionDenied):
        ask(community, karim, kind=Kind.ANNOUNCEMENT)
    assert ask(community, naima, kind=Kind.ANNOUNCEMENT).state == State.OPEN


def test_another_member_answers_and_the_asker_replies(community, karim, mei):
    question = ask(community, karim)
    assert (
        services.contribute(conversation=question, body="Gardez la plus récente.", by=mei).part == Part.ANSWER
    )
    assert services.contribute(conversation=question, body="Merci, j’essaie.", by=karim).part == Part.REPLY


def test_a_comment_on_a_comment_stands_under_the_same_text(community, karim, mei):
    answer = services.contribute(conversation=ask(community, karim), body="Gardez la plus récente.", by=mei)
    first = services.comment(on=answer, body="Laquelle ?", by=karim)
    second = services.comment(on=first, body="Par date de mouvement.", by=mei)
    assert (first.parent, second.parent) == (answer, answer)


def test_the_asker_accepts_and_the_question_is_resolved(community, karim, mei):
    question = ask(community, karim)
    answer = services.contribute(conversation=question, body="Gardez la plus récente.", by=mei)
    services.accept_answer(answer=answer, question=question, by=karim)
    question.refresh_from_db()
    assert (question.state, question.accepted_answer, question.accepted_by) == (State.RESOLVED, answer, karim)


def test_who_answered_does_not_accept_their_own_answer(community, karim, mei):
    question = ask(community, karim)
    answer = services.contribute(conversation=question, body="Gardez la plus récente.", by=mei)
    with pytest.raises(PermissionDenied):
        services.accept_answer(answer=answer, question=question, by=mei)


def test_an_answer_of_another_question_is_refused(community, karim, mei):
    answer = services.contribute(conversation=ask(community, karim), body="Gardez la plus récente.", by=mei)
    with pytest.raises(errors.ForeignAnswer):
        services.accept_answer(answer=answer, question=ask(community, karim), by=karim)


def test_a_deleted_accepted_answer_reopens_the_question_and_says_so(community, karim, mei, announced):
    question = ask(community, karim)
    answer = services.contribute(conversation=question, body="Gardez la plus récente.", by=mei)
    services.accept_answer(answer=answer, question=question, by=karim)
    services.delete(contribution=answer, by=mei)
    question.refresh_from_db()
    assert (question.state, question.accepted_answer) == (State.WAITING, None)
    assert "AcceptanceWithdrawn" in [type(event).__name__ for event in announced]


def test_an_opening_that_others_wrote_under_is_not_deleted(community, karim, mei):
    question = ask(community, karim)
    services.contribute(conversation=question, body="Gardez la plus récente.", by=mei)
    with pytest.raises(errors.OpeningCannotBeDeleted):
        services.delete(contribution=question.contributions.get(part=Part.OPENING), by=karim)


def test_a_closed_conversation_takes_no_reply_until_it_is_reopened(community, karim, mei):
    question = ask(community, karim)
    services.close(conversation=question, reason=ClosedReason.DUPLICATE, by=karim)
    with pytest.raises(errors.ConversationIsClosed):
        services.contribute(conversation=question, body="Trop tard ?", by=mei)
    services.reopen(conversation=question, by=karim)
    assert services.contribute(conversation=question, body="À temps.", by=mei).part == Part.ANSWER


def test_an_edit_keeps_the_version_before_and_its_author(community, karim, naima):
    question = ask(community, karim)
    opening = question.contributions.get()
    services.edit(
        contribution=opening,
        body="Deux références sur trois.",
        by=naima,
        version=1,
        title="Fiabiliser l’import",
    )
    question.refresh_from_db()
    opening.refresh_from_db()
    kept = opening.revisions.get()
    assert (kept.version, kept.body, kept.title) == (
        1,
        "Une référence arrive en double.",
        "Comment fiabiliser l’import ?",
    )
    assert (opening.version, opening.body, question.title) == (
        2,
        "Deux références sur trois.",
        "Fiabiliser l’import",
    )
    assert (kept.author, opening.edited_by) == (karim, naima)
    services.edit(contribution=opening, body="Deux sur trois.", by=karim, version=2)
    told = [version.author for version in versions(Contribution.objects.get(pk=opening.pk))]
    assert told == [karim, naima, karim]


def test_an_edit_of_an_older_version_is_refused_and_nothing_is_lost(community, karim, naima):
    opening = ask(community, karim).contributions.get()
    services.edit(contribution=opening, body="La version de Naïma.", by=naima, version=1)
    with pytest.raises(errors.EditedMeanwhile):
        services.edit(contribution=opening, body="La version de Karim.", by=karim, version=1)
    opening.refresh_from_db()
    assert opening.body == "La version de Naïma."


def test_saving_what_is_there_already_makes_no_version(community, karim):
    opening = ask(community, karim).contributions.get()
    services.edit(contribution=opening, body=opening.body, by=karim, version=1)
    assert opening.revisions.count() == 0


def test_a_mention_names_a_member_of_the_community_once(community, karim, mei, announced):
    outsider = MemberFactory.create(handle="hors-du-cercle")
    question = ask(community, karim, body="@mei-tran et @hors-du-cercle, une idée ? @mei-tran ?")
    assert [mention.member for mention in question.contributions.get().mentions.all()] == [mei]
    mentioned = [event for event in announced if type(event).__name__ == "MemberMentioned"]
    assert [event.member for event in mentioned] == [mei.pk]
    assert outsider.mentions.count() == 0


def test_a_reaction_is_given_and_taken_back(community, karim, mei):
    answer = services.contribute(conversation=ask(community, karim), body="Gardez la plus récente.", by=mei)
    assert services.react(contribution=answer, meaning=Meaning.HELPS, by=karim) is True
    assert services.react(contribution=answer, meaning=Meaning.HELPS, by=karim) is False
    assert answer.reactions.count() == 0


def test_one_does_not_react_to_oneself_nor_with_a_word_that_does_not_fit(community, karim, mei):
    answer = services.contribute(conversation=ask(community, karim), body="Gardez la plus récente.", by=mei)
    with pytest.raises(PermissionDenied):
        services.react(contribution=answer, meaning=Meaning.HELPS, by=mei)
    with pytest.raises(PermissionDenied):
        services.react(contribution=answer, meaning=Meaning.SAME_QUESTION, by=karim)


def test_an_archived_community_is_read_and_not_written(community, karim):
    from passeur.communities import services as communities
    from passeur.conversations import policies

    question = ask(community, karim)
    naima = ManagerFactory.create(community=community).member
    communities.archive(community=community, by=naima)
    question.refresh_from_db()
    assert policies.can_see(karim, Conversation.objects.select_related("community").get(pk=question.pk))
    with pytest.raises(PermissionDenied):
        services.contribute(conversation=Conversation.objects.get(pk=question.pk), body="Encore ?", by=karim)


def test_a_merged_member_has_the_texts_and_states_are_judged_anew(community, karim, run_jobs):
    from passeur.accounts import services as accounts
    from passeur.accounts.tests.factories import ImportedMemberFactory
    from passeur.conversations.tests.factories import ContributionFactory, judged

    imported = ImportedMemberFactory.create()
    question = ask(community, karim)
    ContributionFactory.create(conversation=question, author=imported)
    assert judged(question).answer_count == 1
    merge = accounts.merge_members(source=imported, target=karim, proof="Code 7413", by=karim)
    run_jobs()
    question.refresh_from_db()
    assert question.state == State.WAITING
    accounts.undo_merge(merge=merge, by=karim)
    run_jobs()
    question.refresh_from_db()
    assert question.answer_count == 1
