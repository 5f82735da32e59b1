import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from passeur.accounts import services as choosing
from passeur.accounts.queries import told
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, Part
from passeur.conversations.tests.factories import ReactionFactory
from passeur.engagement.services import rolling
from passeur.engagement.tests.factories import CompanySilenceFactory
from passeur.expertise.choices import Scope
from passeur.expertise.tests.factories import TallyFactory
from passeur.introductions import services as introductions
from passeur.introductions.tests.factories import IntroductionFactory, OpenIntroductionFactory
from passeur.outreach.choices import Purpose
from passeur.outreach.tests.factories import NoteFactory
from passeur.records import protocols as xapi
from passeur.records.tests.factories import record, said
from passeur.skills.tests.factories import InterestFactory, ThemeFactory

from .. import services
from ..choices import Horizon, View
from ..cues import rules
from ..models import Entry
from ..services.gestures import Given

pytestmark = pytest.mark.django_db
RULE = "alone-everywhere"
Introduction = IntroductionFactory._meta.model


def learnt(place, member, *days_ago, verb="http://adlnet.gov/expapi/verbs/progressed"):
    """On each of these days, the member did something on a platform of elsewhere."""
    for ago in days_ago:
        record(
            said(
                actor=xapi.agent(member.pk),
                verb={"id": verb},
                object={"id": "https://lms.example/module/4"},
                timestamp=place.ago(days=ago).isoformat(),
            )
        )
    rolling.advance_all()


@pytest.fixture
def ada(place):
    return place.member("Ada Lovelace", job="Approvisionneuse")


def test_active_on_three_days_elsewhere_and_nobody_anywhere(place, ada):
    learnt(place, ada, 60, 40, 20)
    cue = place.cue(RULE)
    assert cue.title.startswith("Ada Lovelace prend part, sans échange avec quelqu’un depuis")
    assert (list(cue.people), cue.horizon, cue.since) == ([ada.pk], Horizon.WEEK, place.ago(days=200))
    for word in ("60", "module", "lms", "progress"):
        assert word not in cue.why  # neither how much, nor what, nor where


@pytest.mark.parametrize("days", [(), (60, 20), (60, 60, 20), (80, 60, 33), (60, 40, 5)],
                         ids=["no part", "two days", "one twice", "not lately", "only just"])  # fmt: skip
def test_not_who(place, ada, days):
    learnt(place, ada, *days)
    assert place.cues(RULE) == []


def test_what_one_wrote_here_counts_and_so_does_a_reply_in_another_community(place, ada, run_jobs):
    elsewhere = CommunityFactory.create()
    MembershipFactory.create(community=elsewhere, member=ada)
    here = type(place)(elsewhere, now=place.now)
    asked = here.asked(ada, hours=24 * 30, title="Quel tableur ?")
    learnt(place, ada, 60, 40, 20)
    assert len(place.cues(RULE)) == 1
    here.wrote(asked, here.member("Mei Tran"), hours=24 * 29)
    assert place.cues(RULE) == []
    later = place.now + dt.timedelta(days=62)
    learnt(place, ada, -58)  # the third day of ninety, once the reply is ninety days ago
    learnt(place, ada, -30, -40)
    assert [cue.since for cue in place.cues(RULE, now=later)] == [place.ago(days=29)]


def test_a_reply_of_ones_own_is_no_company_and_somebody_who_wrote_after_is(place, ada):
    learnt(place, ada, 60, 40, 20)
    mei = place.member("Mei Tran")
    asked = place.asked(mei, hours=24 * 20, kind=Kind.DISCUSSION)
    place.wrote(asked, ada, hours=24 * 19, part=Part.REPLY)
    assert len(place.cues(RULE)) == 1
    place.wrote(asked, place.machine(), hours=24 * 18, part=Part.REPLY)
    assert len(place.cues(RULE)) == 1
    place.wrote(asked, mei, hours=24 * 18, part=Part.REPLY)
    assert place.cues(RULE) == []


def test_a_reaction_is_company(place, ada):
    learnt(place, ada, 60, 40, 20)
    text = place.wrote(place.asked(place.member("Mei Tran"), hours=999), ada, hours=900)
    assert len(place.cues(RULE)) == 1
    ReactionFactory.create(contribution=text, created_at=place.ago(days=3))
    assert place.cues(RULE) == []


def test_what_somebody_writes_after_an_introduction_is_company_and_what_one_writes_oneself_is_not(
    place, ada, run_jobs
):
    other = place.member("Mei Tran")
    first, second = sorted((ada, other), key=lambda one: one.pk)
    opened = OpenIntroductionFactory.create(community=place.community, first=first, second=second)
    learnt(place, ada, 60, 40, 20)
    assert [line.cue.rule.name for line in place.lists().week] == [RULE]
    introductions.write(introduction=opened, text="Bonjour !", by=ada)
    run_jobs()
    assert Entry.objects.filter(rule=RULE, begins__lte=timezone.now()).exists()
    introductions.write(introduction=opened, text="Bonjour Ada, avec plaisir.", by=other)
    run_jobs()
    assert not Entry.objects.filter(rule=RULE, begins__lte=timezone.now()).exists()


def test_whoever_keeps_their_courses_to_themself_is_seen_by_what_they_do_here_only(place, ada):
    learnt(place, ada, 60, 40, 20)
    choosing.set_choice(member=ada, key="records.courses", on=False)
    assert place.cues(RULE) == []


def test_whoever_said_no_is_in_it_no_more_from_that_moment(place, ada, run_jobs):
    learnt(place, ada, 60, 40, 20)
    assert [line.cue.rule.name for line in place.lists().week] == [RULE]
    choosing.set_choice(member=ada, key="engagement.company", on=False)
    run_jobs()
    assert not Entry.objects.filter(rule=RULE).exists()
    choosing.set_choice(member=ada, key="engagement.company", on=True)
    run_jobs()
    assert Entry.objects.filter(rule=RULE).exists()


def test_who_leads_and_who_is_silent_are_in_no_list(place):
    learnt(place, place.member("Léa Roux", role="lcm"), 60, 40, 20)
    silent = place.member("Paul Roy")
    CompanySilenceFactory.create(member=silent)
    learnt(place, silent, 60, 40, 20)
    assert place.cues(RULE) == []


def test_what_is_counted_reaches_the_desk_by_itself_and_so_does_a_reply(place, ada, run_jobs):
    services.fill(place.community)
    learnt(place, ada, 60, 40, 20)
    run_jobs()
    (line,) = services.open_desk(place.manager, [place.community], view=View.WEEK).lines
    assert line.cue.rule.name == RULE
    asked = place.asked(place.member("Mei Tran"), hours=24 * 20, kind=Kind.DISCUSSION)
    place.wrote(asked, ada, hours=24 * 19, part=Part.REPLY)
    conversations.contribute(conversation=asked, body="Merci Ada.", by=asked.author)
    run_jobs()
    assert not Entry.objects.filter(rule=RULE, begins__lte=timezone.now()).exists()


def test_the_person_reads_that_it_is_inferred_and_how_to_stop_it(place, ada):
    learnt(place, ada, 60, 40, 20)
    place.lists()
    with translation.override("fr"):
        (line,) = [one for one in told(ada).known if "À mettre en lien" in one.what]
    assert line.is_inferred
    assert line.why == "Pour vous mettre en lien avec quelqu’un"
    assert line.moves[0].fields == (("key", "engagement.company"),)


def test_somebody_near_is_introduced_in_one_gesture_or_asked_to_welcome(place, ada):
    learnt(place, ada, 60, 40, 20)
    mei = place.member("Mei Tran", job="Approvisionneuse", site="Lille")
    place.talked(place.manager, mei, days=3)
    cue = place.cue(RULE)
    assert [(move.name, move.person) for move in cue.moves] == [
        ("introduce", mei), ("ask_to_reach", mei), ("write_to", ada), ("choose", None),
    ]  # fmt: skip
    assert "Ada Lovelace" not in cue.moves[0].draft  # both read it
    services.move(
        community=place.community,
        key=cue.key,
        slug=cue.moves[0].slug,
        given=Given(text=cue.moves[0].draft),
        by=place.manager,
    )
    made = Introduction.objects.get()
    assert {made.first_id, made.second_id} == {ada.pk, mei.pk}
    assert place.lists().week == []


def test_somebody_whose_answers_helped_on_a_theme_of_theirs_comes_first(place, ada):
    theme = ThemeFactory.create(community=place.community, name="Stocks")
    InterestFactory.create(theme=theme, member=ada)
    zoe = place.member("Zoé Petit")
    TallyFactory.create(community=place.community, scope=Scope.THEME, key=theme.pk, person=zoe, accepted=2)
    learnt(place, ada, 60, 40, 20)
    cue = place.cue(RULE)
    assert (cue.moves[0].name, cue.moves[0].person) == ("introduce", zoe)
    assert "<b>Zoé Petit</b> ont aidé sur <b>Stocks</b>" in cue.why


def offered(place, client, member):
    """Those among whom the page lets the LCM choose, in order, each with the reasons."""
    client.force_login(place.manager)
    address = f"{reverse('introductions:propose', args=[member.pk])}?community={place.community.slug}"
    return [words for _pk, words in client.get(address).context["form"].fields["other"].choices]


def test_the_page_that_chooses_offers_the_neighbour_of_the_desk_for_the_same_reason(place, client, ada):
    ada.site = "Lille"
    ada.save()
    learnt(place, ada, 60, 40, 20)
    ben = place.member("Ben Roy", job="Acheteur", site="Lille")
    place.talked(place.manager, ben, days=3)
    assert "<b>Ben Roy</b>, même site, Lille, pourrait l’accueillir." in place.cue(RULE).why
    assert offered(place, client, ada) == ["Ben Roy, Acheteur, Lille. Même site, Lille."]
    place.asked(ada, hours=3)
    place.wrote(place.asked(ada, hours=3), ben, hours=2)
    assert offered(place, client, ada) == []  # they met


def test_who_exchanged_with_them_is_not_introduced_though_they_wrote_in_their_own_exchanges_too(place, ada):
    learnt(place, ada, 60, 40, 20)
    mei = place.member("Mei Tran", job="Approvisionneuse")
    place.talked(place.manager, mei, days=3)
    assert place.cue(RULE).moves[0].name == "introduce"
    place.wrote(place.asked(mei, hours=3000), mei, hours=2999, part=Part.REPLY)
    place.wrote(place.asked(ada, hours=3000), mei, hours=2999)
    assert "introduce" not in [move.name for move in place.cue(RULE).moves]


def test_the_page_begins_with_whom_the_desk_names_whatever_else_weighs_more(place, client, ada):
    themes = [
        ThemeFactory.create(community=place.community, name=name) for name in ("Stocks", "Quais", "Tri")
    ]
    mei = place.member("Mei Tran", job="Approvisionneuse")
    zoe = place.member("Zoé Petit")
    for theme in themes:
        InterestFactory.create(theme=theme, member=ada)
        InterestFactory.create(theme=theme, member=mei)
    TallyFactory.create(
        community=place.community, scope=Scope.THEME, key=themes[0].pk, person=zoe, accepted=2
    )  # fmt: skip
    learnt(place, ada, 60, 40, 20)
    assert place.cue(RULE).moves[0].person == zoe
    first, second = offered(place, client, ada)
    assert first.startswith("Zoé Petit")
    assert first.endswith("A aidé sur un thème que suit Ada\xa0: Stocks.")
    assert second.startswith("Mei Tran")


def test_the_neighbour_is_the_same_whatever_else_is_on_the_page(place, client, ada):
    learnt(place, ada, 60, 40, 20)
    mei = place.member("Mei Tran", job="Approvisionneuse")
    place.talked(place.manager, mei, days=3)
    elsewhere = type(place)(CommunityFactory.create(), now=place.now)
    for member in (ada, mei):
        MembershipFactory.create(community=elsewhere.community, member=member, joined_at=place.ago(days=200))
    NoteFactory.create(community=elsewhere.community, to=mei, purpose=Purpose.REACH_OUT)
    cues = next(one for one in rules() if one.name == RULE).tell(
        place.scope(place.community, elsewhere.community), [place.cue(RULE), elsewhere.cue(RULE)]
    )
    assert ["Mei Tran" in cue.why for cue in cues] == [True, False]
    assert offered(place, client, ada)[0].startswith("Mei Tran")


def test_who_would_not_be_introduced_is_not_proposed(place, ada):
    learnt(place, ada, 60, 40, 20)
    mei = place.member("Mei Tran", job="Approvisionneuse", introducible=False)
    place.talked(place.manager, mei, days=3)
    assert "introduce" not in [move.name for move in place.cue(RULE).moves]


def test_asking_somebody_to_welcome_sends_a_note(place, ada):
    learnt(place, ada, 60, 40, 20)
    mei = place.member("Mei Tran", job="Approvisionneuse")
    place.talked(place.manager, mei, days=3)
    cue = place.cue(RULE)
    services.move(
        community=place.community, key=cue.key, slug=f"ask_to_reach-{mei.pk}",
        given=Given(text="Pourriez-vous ?"), by=place.manager,
    )  # fmt: skip
    assert NoteFactory._meta.model.objects.get().to == mei
