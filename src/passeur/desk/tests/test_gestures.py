"""Each move acts through the room it belongs to, and undo takes it back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from passeur.conversations import services as conversations
from passeur.conversations.choices import LinkKind, Meaning, Part, State
from passeur.conversations.queries import lists
from passeur.conversations.tests.factories import ConversationLinkFactory, ReactionFactory, SearchMissFactory
from passeur.expertise.choices import ReferralState
from passeur.outreach.choices import Purpose
from passeur.outreach.errors import AlreadySent

from .. import errors, queries, services
from ..services.gestures import Given
from .factories import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def karim(place):
    return place.member("Karim Haddad")


@pytest.fixture
def asked(place, karim):
    return place.asked(karim, hours=26)


def act(place, cue, slug, **given):
    return services.move(
        community=place.community, key=cue.key, slug=slug, given=Given(**given), by=place.manager
    )


def is_back(place, cue):
    found = place.lists()
    return any(line.cue.key == cue.key for line in [*found.today, *found.week])


def test_an_answer_is_published_and_taken_back(place, asked):
    cue = place.cue("waiting-question")
    step = act(place, cue, "answer", text="Gardez la plus récente.")
    asked.refresh_from_db()
    assert asked.state == State.ANSWERED
    assert not is_back(place, cue)
    services.undo(step=step, by=place.manager)
    asked.refresh_from_db()
    assert asked.state == State.WAITING
    assert is_back(place, cue)


def test_a_question_is_taken_to_somebody_and_withdrawn(place, asked):
    mei = place.member("Mei Tran")
    place.knows(asked, mei)
    cue = place.cue("waiting-question")
    step = act(place, cue, f"refer-{mei.pk}")
    referral = asked.referrals.get()
    assert (referral.member, referral.asked_by, referral.state) == (
        mei,
        place.manager,
        ReferralState.PROPOSED,
    )
    assert (step.to, queries.summary(step)) == (mei, "La question est portée à Mei Tran.")
    services.undo(step=step, by=place.manager)
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN
    assert is_back(place, cue)


def test_one_can_choose_whom_to_take_it_to(place, asked):
    paul = place.member("Paul Girod")
    act(place, place.cue("waiting-question"), "refer", person=paul)
    assert asked.referrals.get().member == paul


def test_nobody_chosen_is_refused_and_leaves_the_cue(place, asked):
    cue = place.cue("waiting-question")
    with pytest.raises(errors.NoSuchMove):
        act(place, cue, "refer")
    assert is_back(place, cue)


def test_an_answered_question_can_be_taken_to_somebody_else(place, karim):
    answered = place.asked(karim, hours=99)
    place.wrote(answered, place.member("Mei Tran"), hours=90)
    paul = place.member("Paul Girod")
    act(place, place.cue("not-accepted"), "refer", person=paul)
    assert answered.referrals.get().member == paul


def test_a_close_question_is_pointed_to_and_linked_and_both_are_taken_back(place, asked, karim):
    other = place.asked(karim, hours=2000, title="Import [des] stocks")
    cue = next(cue for cue in place.cues("waiting-question") if cue.conversation == asked)
    step = act(place, cue, "point", target=other.pk)
    comment = asked.contributions.get(part=Part.COMMENT)
    assert f'href="/conversations/{other.pk}/"' in comment.html
    assert "Import [des] stocks" in comment.html
    assert asked.links_out.get().kind == LinkKind.RELATED
    services.undo(step=step, by=place.manager)
    comment.refresh_from_db()
    assert comment.is_deleted
    assert not asked.links_out.exists()
    assert is_back(place, cue)


def test_pointing_speaks_the_language_of_the_community(place, asked, karim):
    place.community.language = "en"
    place.community.save()
    other = place.asked(karim, hours=2000)
    cue = next(cue for cue in place.cues("waiting-question") if cue.conversation == asked)
    act(place, cue, "point", target=other.pk)
    assert "Cet échange" not in asked.contributions.get(part=Part.COMMENT).body


def test_a_link_that_was_there_before_stays(place, asked, karim):
    other = place.asked(karim, hours=2000)
    ConversationLinkFactory.create(source=asked, target=other)
    cue = next(cue for cue in place.cues("waiting-question") if cue.conversation == asked)
    step = act(place, cue, "point", target=other.pk)
    services.undo(step=step, by=place.manager)
    assert asked.links_out.count() == 1


def test_a_question_elsewhere_is_not_pointed_to(place, asked):
    elsewhere = Place()
    other = elsewhere.asked(elsewhere.member("Ada"), hours=30)
    with pytest.raises(errors.NoSuchMove):
        act(place, place.cue("waiting-question"), "point", target=other.pk)


@pytest.mark.parametrize(
    ("rule", "slug", "purpose"),
    [
        ("never-exchanged", "write_to", Purpose.WELCOME),
        ("never-exchanged", "ask_to_reach", Purpose.REACH_OUT),
        ("not-accepted", "ask_author", Purpose.DID_IT_HELP),
    ],
)
def test_a_note_is_written_and_taken_back_before_it_leaves(place, karim, rule, slug, purpose):
    sofia = place.member("Sofia Marques", job="Approvisionneuse", site="Lille")
    place.talked(place.manager, sofia, days=3)
    anais = place.member("Anaïs Girard", days=9, job="Approvisionneuse")
    place.wrote(place.asked(karim, hours=99), sofia, hours=90)
    to = {"write_to": anais, "ask_to_reach": sofia, "ask_author": karim}[slug]
    cue = place.cue(rule)
    step = act(place, cue, f"{slug}-{to.pk}", text="Un mot pour vous.")
    note = place.community.notes.get()
    assert (note.to, note.by, note.purpose, note.text) == (to, place.manager, purpose, "Un mot pour vous.")
    assert note.towards == (anais if slug == "ask_to_reach" else None)
    assert note.conversation == cue.conversation
    assert not is_back(place, cue)
    services.undo(step=step, by=place.manager)
    note.refresh_from_db()
    assert note.withdrawn_at is not None
    assert is_back(place, cue)


def test_a_note_that_left_cannot_be_taken_back_and_the_cue_rests(place):
    anais = place.member("Anaïs Girard", days=9)
    cue = place.cue("never-exchanged")
    step = act(place, cue, f"write_to-{anais.pk}", text="Bienvenue.")
    place.community.notes.update(sent_at=timezone.now())
    with pytest.raises(AlreadySent):
        services.undo(step=step, by=place.manager)
    step.refresh_from_db()
    assert step.undone_at is None
    assert not is_back(place, cue)


def test_content_is_asked_of_the_person_one_chooses(place):
    SearchMissFactory.create(community=place.community, times=4)
    mei = place.member("Mei Tran")
    act(place, place.cue("missed-search"), "ask_content", person=mei, text="Racontez-nous.")
    note = place.community.notes.get()
    assert (note.to, note.purpose) == (mei, Purpose.CONTENT)


def test_a_contribution_is_shown_and_taken_off(place, karim):
    told = place.wrote(place.asked(karim, hours=50), place.member("Mei Tran"), hours=40)
    for _ in range(5):
        ReactionFactory.create(contribution=told, meaning=Meaning.HELPS)
    cue = place.cue("worth-showing")
    step = act(place, cue, "spotlight", text="Un contrôle à reprendre.")
    told.refresh_from_db()
    assert told.spotlight.reason == "Un contrôle à reprendre."
    services.undo(step=step, by=place.manager)
    assert not lists.spotlights(place.community)
    assert is_back(place, cue)


def test_a_move_that_is_not_offered_is_refused(place, asked):
    for slug in ("spotlight", "refer-999999", "nonsense"):
        with pytest.raises(errors.NoSuchMove):
            act(place, place.cue("waiting-question"), slug)


def test_a_cue_that_is_gone_says_so(place, asked):
    cue = place.cue("waiting-question")
    conversations.contribute(conversation=asked, body="Voici.", by=place.member("Mei Tran"))
    with pytest.raises(errors.CueGone):
        act(place, cue, "answer", text="Moi aussi.")


def test_a_colleague_who_comes_after_is_told_who_did_it(place, asked):
    leila = place.member("Leïla Benali", role="lcm")
    cue = place.cue("waiting-question")
    act(place, cue, "answer", text="Voici.")
    with pytest.raises(errors.AlreadyTreated, match="Naïma Ferrand"):
        services.put_done(community=place.community, key=cue.key, by=leila)


def test_a_gesture_is_undone_once_by_any_manager_of_the_community(place, asked):
    leila = place.member("Leïla Benali", role="lcm")
    step = services.put_done(community=place.community, key=f"waiting-question:{asked.pk}", by=place.manager)
    services.undo(step=step, by=leila)
    step.refresh_from_db()
    assert step.undone_by == leila
    with pytest.raises(errors.NothingToUndo):
        services.undo(step=step, by=place.manager)


@pytest.mark.parametrize("role", ["member", "expert", "training_manager"])
def test_nobody_but_an_lcm_acts_or_undoes(place, asked, role):
    other = place.member("Hugo", role=role)
    key = f"waiting-question:{asked.pk}"
    with pytest.raises(PermissionDenied):
        services.put_done(community=place.community, key=key, by=other)
    step = services.put_done(community=place.community, key=key, by=place.manager)
    with pytest.raises(PermissionDenied):
        services.undo(step=step, by=other)


def test_a_cue_is_handed_to_an_lcm_of_the_same_community_only(place, asked):
    key = f"waiting-question:{asked.pk}"
    for to in (place.member("Hugo"), Place().manager, place.manager):
        with pytest.raises(PermissionDenied):
            services.hand_over(community=place.community, key=key, to=to, by=place.manager)
