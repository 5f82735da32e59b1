"""Two people in one text: what does not touch goes together, what does is shown, none is lost."""

import pytest
from django.urls import reverse

from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations import services
from passeur.conversations.models import Contribution
from passeur.skills.tests.factories import ThemeFactory
from passeur.writing import queries as drafts
from passeur.writing import services as writing
from passeur.writing.tests.factories import DraftFactory

from .factories import question

pytestmark = pytest.mark.django_db

OPENED = "La courroie saute. Elle est neuve.\n\nLe galet est usé."
TITLE = "Pourquoi la courroie saute-t-elle ?"


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def karim(community):
    return MembershipFactory.create(community=community, member__name="Karim Haddad").member


@pytest.fixture
def naima(community):
    return ManagerFactory.create(community=community, member__name="Naïma Ferrand").member


@pytest.fixture
def opening(community, karim):
    return question(community=community, author=karim, title=TITLE, opening=OPENED).contributions.get()


@pytest.fixture
def as_karim(client, karim):
    client.force_login(karim)
    return client


def meanwhile(opening, naima, body, title=None):
    return services.edit(contribution=opening, body=body, by=naima, version=1, title=title)


def address(opening) -> str:
    return reverse("conversations:edit", args=[opening.pk])


def send(client, opening, body, **more):
    token = writing.new_token(opening.author, f"conversations.edit:{opening.pk}")
    return client.post(address(opening), {"draft": token, "title": TITLE, "body": body, "version": 1, **more})


def present(opening) -> Contribution:
    return Contribution.objects.get(pk=opening.pk)


def test_changes_of_two_places_go_together_and_both_versions_are_in_the_history(opening, naima, as_karim):
    meanwhile(opening, naima, OPENED.replace("saute", "saute à froid"))
    answer = send(as_karim, opening, OPENED.replace("usé", "usé d’un côté"))
    assert answer.status_code == 302
    saved = present(opening)
    assert saved.body == "La courroie saute à froid. Elle est neuve.\n\nLe galet est usé d’un côté."
    assert (saved.pk, saved.version) == (opening.pk, 3)
    assert [revision.version for revision in saved.revisions.all()] == [1, 2]


def test_a_title_and_a_text_changed_by_two_go_together(opening, naima, as_karim):
    meanwhile(opening, naima, OPENED, title="Pourquoi la courroie glisse-t-elle ?")
    send(as_karim, opening, OPENED.replace("usé", "neuf"))
    saved = present(opening)
    assert (saved.conversation.title, "neuf" in saved.body) == ("Pourquoi la courroie glisse-t-elle ?", True)


@pytest.mark.parametrize("is_own", [True, False])
def test_of_ones_own_other_tab_the_page_does_not_speak_as_of_somebody_else(
    opening, naima, karim, as_karim, is_own
):
    meanwhile(opening, karim if is_own else naima, OPENED.replace("saute", "glisse"), title="Une courroie")
    page = send(as_karim, opening, OPENED.replace("saute", "claque"), title="Deux courroies").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    said = ("Vous avez enregistré ce texte ailleurs", "Celui enregistré ailleurs", "Garder celui d’ici")
    assert [words in main for words in said] == [is_own] * 3
    assert ("de Karim" in main) is False
    assert ("de Naïma" in main) is not is_own


def test_the_same_sentence_changed_by_two_is_shown_side_by_side_and_nothing_is_replaced(
    opening, naima, karim, as_karim
):
    meanwhile(opening, naima, OPENED.replace("saute", "glisse"))
    page = send(as_karim, opening, OPENED.replace("saute", "claque"))
    text = page.content.decode()
    assert page.status_code == 409
    assert "La courroie glisse." in text
    assert "La courroie claque." in text
    assert "Le texte de Naïma Ferrand" in text
    assert present(opening).body == OPENED.replace("saute", "glisse")
    (kept,) = drafts.my_drafts(karim)
    assert kept.draft.fields["body"] == [OPENED.replace("saute", "claque")]


@pytest.mark.parametrize(
    ("choice", "first"),
    [
        ("mine", "La courroie claque. Elle est neuve."),
        ("theirs", "La courroie glisse. Elle est neuve."),
        ("both", "La courroie claque. La courroie glisse. Elle est neuve."),
    ],
)
def test_what_one_chose_is_saved_on_the_version_that_is_there(opening, naima, as_karim, choice, first):
    meanwhile(opening, naima, OPENED.replace("saute", "glisse").replace("usé", "usé d’un côté"))
    given = {"against": 2, "decide": "save", "choice-0": choice}
    as_browsers_send_it = OPENED.replace("saute", "claque").replace("\n", "\r\n")
    assert send(as_karim, opening, as_browsers_send_it, **given).status_code == 302
    saved = present(opening)
    assert saved.body == f"{first}\n\nLe galet est usé d’un côté."
    assert saved.version == (2 if choice == "theirs" else 3)
    assert drafts.my_drafts(opening.author) == []


def test_a_third_version_while_one_chooses_is_shown_again(opening, naima, as_karim):
    glides = meanwhile(opening, naima, OPENED.replace("saute", "glisse"))
    services.edit(contribution=glides, body=OPENED.replace("saute", "patine"), by=naima, version=2)
    given = {"against": 2, "decide": "save", "choice-0": "mine"}
    page = send(as_karim, opening, OPENED.replace("saute", "claque"), **given)
    assert page.status_code == 409
    assert "La courroie patine." in page.content.decode()
    assert present(opening).version == 3


def test_one_may_read_the_reunited_text_before_saving_it(opening, naima, as_karim):
    meanwhile(opening, naima, OPENED.replace("saute", "glisse"))
    given = {"against": 2, "decide": "review", "choice-0": "theirs"}
    page = send(as_karim, opening, OPENED.replace("saute", "claque"), **given)
    form = page.context["form"]
    assert (form.initial["body"], form.initial["version"]) == (OPENED.replace("saute", "glisse"), "2")
    assert present(opening).version == 2


def test_back_gives_my_text(opening, naima, as_karim):
    meanwhile(opening, naima, OPENED.replace("saute", "glisse"))
    mine = OPENED.replace("saute", "claque")
    page = send(as_karim, opening, mine, against=2, decide="mine")
    assert page.context["form"].initial["body"] == mine
    again = as_karim.get(address(opening))
    assert "Vous aviez commencé un texte ici" not in again.content.decode()
    send(as_karim, opening, mine)
    restored = as_karim.get(address(opening), {"draft": "restore"})
    assert restored.context["form"].initial["body"] == mine
    assert restored.context["form"].initial["version"] == "1"


def test_without_the_version_that_was_opened_both_texts_stand_side_by_side(opening, naima, as_karim):
    meanwhile(opening, naima, OPENED.replace("saute", "glisse"))
    opening.revisions.all().delete()
    page = send(as_karim, opening, OPENED.replace("usé", "neuf"))
    assert page.status_code == 409
    assert "Le galet est neuf." in page.content.decode()


def test_themes_ticked_by_two_are_all_there(community, opening, naima, as_karim):
    mine, theirs, old = (ThemeFactory.create(community=community) for _ in range(3))
    conversation = opening.conversation
    services.set_themes(conversation=conversation, themes=[old], by=naima)
    services.set_themes(conversation=conversation, themes=[old, theirs], by=naima)
    send(as_karim, opening, OPENED + " Oui.", themes=[old.pk, mine.pk], themes_before=str(old.pk))
    assert set(conversation.themes.all()) == {old, theirs, mine}


def test_a_draft_of_the_same_text_is_said_to_the_other_and_names_nobody_else(opening, naima, karim, as_karim):
    assert "a aussi un brouillon" not in as_karim.get(address(opening)).content.decode()
    DraftFactory.create(member=naima, place=f"conversations.edit:{opening.pk}")
    assert "Naïma Ferrand a aussi un brouillon" in as_karim.get(address(opening)).content.decode()
    token = writing.new_token(karim, f"conversations.edit:{opening.pk}")
    told = as_karim.post(reverse("writing:save"), {"draft": token, "seen": 0, "body": "Un."}).json()
    assert told["fellows"].startswith("Naïma Ferrand")
