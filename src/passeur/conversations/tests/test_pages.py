"""The pages of conversations: what they show, to whom, and at what cost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.communities.tests.factories import (
    CharterFactory,
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.conversations import services
from passeur.conversations.choices import ClosedReason, Kind, Part, State
from passeur.conversations.models import Conversation
from passeur.conversations.queries import threads
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationThemeFactory,
    ReactionFactory,
    at,
    judged,
    question,
)
from passeur.skills.tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def karim(community):
    return MembershipFactory.create(community=community, member__name="Karim Haddad").member


@pytest.fixture
def reader(client, karim):
    client.force_login(karim)
    return client


def fill(community, n):
    """Questions with themes, answers, comments and reactions."""
    theme = ThemeFactory.create(community=community)
    for _ in range(n):
        asked = question(community=community)
        ConversationThemeFactory.create(conversation=asked, theme=theme)
        answer = ContributionFactory.create(conversation=asked)
        ContributionFactory.create(conversation=asked, part=Part.COMMENT, parent=answer, created_at=at(2))
        ReactionFactory.create(contribution=answer)
        judged(asked)
    return asked


def queries_of(client, url, django_assert_max_num_queries=None):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def shown(page):
    """The thread that a page shows."""
    found = page.context["found"]
    return threads.thread_of(found.said, found.view)


def test_the_list_costs_the_same_with_three_rows_and_with_twenty(community, reader):
    url = reverse("conversations:list", args=[community.slug])
    fill(community, 3)
    queries_of(reader, url)
    few = queries_of(reader, url)
    fill(community, 17)
    assert queries_of(reader, url) == few <= 7


def test_a_thread_costs_the_same_with_one_answer_and_with_thirty(community, reader):
    asked = fill(community, 1)
    url = reverse("conversations:detail", args=[asked.pk])
    queries_of(reader, url)
    few = queries_of(reader, url)
    for hour in range(3, 33):
        answer = ContributionFactory.create(conversation=asked, created_at=at(hour))
        ContributionFactory.create(
            conversation=asked, part=Part.COMMENT, parent=answer, created_at=at(hour + 1)
        )
        ReactionFactory.create(contribution=answer)
    judged(asked)
    assert queries_of(reader, url) <= few + 2  # how far one read moves on, and what was told is seen
    assert queries_of(reader, url) == few <= 6


def test_the_figures_on_the_tabs_are_the_lengths_of_their_lists(community, reader):
    question(community=community)
    answered = question(community=community)
    ContributionFactory.create(conversation=answered)
    judged(answered)
    url = reverse("conversations:list", args=[community.slug])
    tabs = reader.get(url).context["tabs"]
    for tab in tabs:
        shown = reader.get(f"{url}?{tab['query']}").content.decode()
        assert (shown.count("data-row"), tab["more"]) == (tab["n"], False)


def test_an_unknown_filter_is_an_error_and_never_everything(community, reader):
    question(community=community)
    url = reverse("conversations:list", args=[community.slug])
    for unknown in ("state=unheard", "kind=poll", "theme=nowhere"):
        answer = reader.get(f"{url}?{unknown}")
        assert answer.status_code == 422
        assert "page" not in answer.context


def test_a_theme_brings_what_is_under_it(community, reader):
    broad = ThemeFactory.create(community=community)
    narrow = ThemeFactory.create(community=community, parent=broad)
    asked = question(community=community)
    ConversationThemeFactory.create(conversation=asked, theme=narrow)
    question(community=community)
    page = reader.get(reverse("conversations:list", args=[community.slug]) + f"?theme={broad.slug}")
    assert [row.pk for row in page.context["page"].items] == [asked.pk]


def test_the_address_of_a_merged_theme_leads_to_the_list_of_the_one_that_stayed(community, reader):
    stayed = ThemeFactory.create(community=community)
    gone = ThemeFactory.create(community=community, slug="gone", merged_into=stayed)
    asked = question(community=community)
    ConversationThemeFactory.create(conversation=asked, theme=stayed)
    page = reader.get(reverse("conversations:list", args=[community.slug]), {"theme": gone.slug})
    assert [row.pk for row in page.context["page"].items] == [asked.pk]


def test_a_private_community_does_not_exist_for_others(client):
    asked = question(community=PrivateCommunityFactory.create())
    answer = ContributionFactory.create(conversation=asked)
    client.force_login(MembershipFactory.create().member)
    for url in (
        reverse("conversations:detail", args=[asked.pk]),
        reverse("conversations:contribution", args=[answer.pk]),
        reverse("conversations:history", args=[answer.pk]),
        reverse("conversations:list", args=[asked.community.slug]),
    ):
        assert client.get(url).status_code == 404
    assert (
        client.post(reverse("conversations:reply", args=[asked.pk]), {"body": "Bonjour"}).status_code == 404
    )
    assert asked.title not in client.get(reverse("conversations:everywhere")).content.decode()


def test_who_reads_without_belonging_cannot_write(client, community):
    asked = question(community=community)
    client.force_login(MemberFactory.create())
    page = client.get(reverse("conversations:detail", args=[asked.pk]))
    assert page.status_code == 200
    assert not page.context["can"].contribute
    assert (
        client.post(reverse("conversations:reply", args=[asked.pk]), {"body": "Bonjour"}).status_code == 403
    )
    charter = reverse("communities:charter", args=[community.slug])
    assert f"{charter}?next={page.request['PATH_INFO']}" in page.content.decode()


def test_a_member_before_a_new_charter_reads_why_there_is_nothing_to_write_in(community, reader):
    asked = question(community=community)
    CharterFactory.create(community=community, version=2)
    page = reader.get(reverse("conversations:detail", args=[asked.pk])).content.decode()
    assert "repondre" not in page
    assert f"{reverse('communities:charter', args=[community.slug])}?next=" in page


def test_what_asked_nothing_is_not_closed_as_resolved(community, client):
    client.force_login(ManagerFactory.create(community=community).member)
    told = question(community=community, kind=Kind.EXPERIENCE)
    address = reverse("conversations:close", args=[told.pk])
    assert client.post(address, {"reason": ClosedReason.RESOLVED}).status_code == 422
    assert client.post(address, {"reason": ClosedReason.OBSOLETE}).status_code == 302


def test_in_an_archived_community_a_conversation_says_that_it_is_only_read(community, reader):
    asked = question(community=community)
    community.archived_at = timezone.now()
    community.save()
    page = reader.get(reverse("conversations:detail", args=[asked.pk])).content.decode()
    assert "Cette communauté est archivée" in page
    assert reader.get(reverse("conversations:everywhere")).context["waiting"].n == 0
    assert "repondre" not in page


def test_one_asks_with_themes_ticked_and_typed(community, reader, karim):
    ticked = ThemeFactory.create(community=community, name="Stocks", folded="stocks")
    typed = ThemeFactory.create(community=community, name="Tableur", folded="tableur")
    url = reverse("conversations:start", args=[community.slug, "question"])
    answer = reader.post(
        url,
        {
            "title": "Comment repérer les doublons ?",
            "body": "Chaque lundi.",
            "themes": [ticked.pk],
            "more_themes": "tableur",
        },
    )
    asked = Conversation.objects.get()
    assert answer.url == reverse("conversations:detail", args=[asked.pk])
    assert (asked.state, asked.author, list(asked.themes.all())) == (State.WAITING, karim, [ticked, typed])


def test_an_unknown_theme_is_named_and_the_text_stays(community, reader):
    url = reverse("conversations:start", args=[community.slug, "question"])
    given = {"title": "Comment repérer les doublons ?", "body": "Chaque lundi.", "more_themes": "Astrologie"}
    page = reader.post(url, given)
    assert page.status_code == 422
    text = page.content.decode()
    assert "Astrologie" in text
    assert "Chaque lundi." in text
    assert Conversation.objects.count() == 0


def test_after_publishing_one_reads_who_is_being_told(community, reader, karim):
    mei = MembershipFactory.create(community=community, member__name="Mei Tran").member
    olga = MembershipFactory.create(community=community, member__name="Olga Roux").member
    elsewhere = MemberFactory.create(name="Ada Ailleurs")
    url = reverse("conversations:start", args=[community.slug, "question"])
    given = {"title": "Comment repérer les doublons ?", "body": "Chaque lundi."}
    page = reader.post(url, given | {"invited": [mei.pk, olga.pk, elsewhere.pk]}, follow=True).text
    assert "Nous la signalons à Mei Tran et Olga Roux." in page
    assert "Ada Ailleurs" not in page
    given["title"] = "Comment repérer les trous ?"
    assert "Nous la signalons" not in reader.post(url, given, follow=True).text


def test_an_experience_is_told_in_parts_under_their_headings(community, reader):
    url = reverse("conversations:start", args=[community.slug, "experience"])
    reader.post(
        url, {"title": "Notre inventaire raté", "situation": "Un vendredi soir.", "did": "Tout rejoué."}
    )
    opening = Conversation.objects.get(kind=Kind.EXPERIENCE).contributions.get()
    assert opening.body == "## La situation\n\nUn vendredi soir.\n\n## Ce que j’ai fait\n\nTout rejoué."


def test_two_people_who_edit_at_once_both_keep_their_text(community, client, karim):
    naima = ManagerFactory.create(community=community).member
    opening = question(community=community, author=karim).contributions.get()
    services.edit(contribution=opening, body="La version de Naïma.", by=naima, version=1)
    client.force_login(karim)
    given = {"title": "Comment fiabiliser l’import ?", "body": "La version de Karim.", "version": 1}
    page = client.post(reverse("conversations:edit", args=[opening.pk]), given)
    assert page.status_code == 409
    text = page.content.decode()
    assert "La version de Naïma." in text
    assert "La version de Karim." in text
    opening.refresh_from_db()
    assert opening.body == "La version de Naïma."


def test_an_imported_text_is_edited_as_markdown(community, client, karim):
    asked = question(community=community, author=karim)
    opening = asked.contributions.get()
    opening.body = opening.html = "<p>Gardez la ligne <strong>récente</strong>.</p>"
    opening.markup = "html"
    opening.save()
    client.force_login(karim)
    page = client.get(reverse("conversations:edit", args=[opening.pk]))
    assert page.context["form"].initial["body"] == "Gardez la ligne **récente**."


def test_a_message_is_always_found_at_its_own_address(community, reader):
    asked = question(community=community, kind=Kind.DISCUSSION)
    messages = [
        ContributionFactory.create(conversation=asked, part=Part.REPLY, created_at=at(hour))
        for hour in range(1, 60)
    ]
    found = reader.get(reverse("conversations:contribution", args=[messages[-1].pk]))
    assert found.url.endswith(f"?sort=oldest&page=2#contribution-{messages[-1].pk}")


def test_a_long_discussion_resumes_at_the_first_unread_message(community, reader, karim):
    asked = question(community=community, kind=Kind.DISCUSSION)
    for hour in range(1, 60):
        ContributionFactory.create(conversation=asked, part=Part.REPLY, created_at=at(hour))
    services.mark_read(conversation=asked, until=at(52), by=karim)
    page = reader.get(reverse("conversations:detail", args=[asked.pk]))
    thread = shown(page)
    first = next(entry for entry in thread.entries if entry.contribution.is_new)
    assert thread.page == 2
    assert first.contribution.created_at == at(53)
    assert thread.first_unread == first.contribution.pk


def test_who_read_everything_has_no_news_comments_and_later_answers_too(community, reader, karim):
    asked = question(community=community)
    answer = ContributionFactory.create(conversation=asked, created_at=at(1))
    ContributionFactory.create(conversation=asked, part=Part.COMMENT, parent=answer, created_at=at(3))
    judged(asked)
    services.mark_read(conversation=asked, until=at(2), by=karim)
    assert has_news(reader)
    page = reader.get(reverse("conversations:detail", args=[asked.pk]))
    comment = asked.contributions.get(part=Part.COMMENT)
    assert shown(page).first_unread == comment.pk
    assert f'href="#contribution-{comment.pk}"' in page.content.decode()
    assert not has_news(reader)


def has_news(reader):
    """Whether the first row of the list says that there is something new."""
    return reader.get(reverse("conversations:everywhere")).context["page"].items[0].has_news


def test_a_page_says_how_to_name_those_who_wrote_there_but_not_who_came_with_an_import(
    community, reader, karim
):
    mei = MembershipFactory.create(community=community, member__name="Mei Tran").member
    asked = question(community=community, author=karim)
    ContributionFactory.create(conversation=asked, author=mei)
    ContributionFactory.create(conversation=asked, author=ImportedMemberFactory.create(handle="elsewhere"))
    page = reader.get(reverse("conversations:detail", args=[asked.pk]))
    assert page.context["handles"] == [f"@{mei.handle}"]
    assert f"@{mei.handle}" in page.content.decode()


def test_whoever_is_named_sees_it_on_their_first_page_until_it_is_read(community, reader, karim):
    asked = question(community=community)
    mei = MembershipFactory.create(community=community).member
    services.contribute(conversation=asked, body=f"@{karim.handle}, tu sais ?", by=mei)
    first_page = reverse("conversations:everywhere")
    assert "On vous y mentionne" in reader.get(first_page).content.decode()
    reader.get(reverse("conversations:detail", args=[asked.pk]))
    assert "On vous y mentionne" not in reader.get(first_page).content.decode()


def test_the_tabs_add_up_to_all_and_the_first_sentence_says_how_many_wait(community, reader, karim):
    for _ in range(2):
        judged(question(community=community))
    talked = question(community=community)
    ContributionFactory.create(
        conversation=talked, part=Part.COMMENT, parent=talked.contributions.get(part=Part.OPENING)
    )
    judged(talked)
    judged(question(community=community, kind=Kind.DISCUSSION))
    page = reader.get(reverse("conversations:everywhere"))
    figures = {tab["state"]: tab["n"] for tab in page.context["tabs"]}
    assert figures.pop("") == sum(figures.values()) == 4
    assert (figures[State.WAITING], figures[State.REPLIED], figures[State.OPEN]) == (2, 1, 1)
    assert "2\u00a0questions attendent une réponse" in page.content.decode()
    narrowed = reader.get(reverse("conversations:everywhere") + "?kind=discussion")
    assert "attendent une réponse" not in narrowed.content.decode()


def test_an_order_that_was_chosen_begins_at_its_first_page(community, reader, karim):
    asked = question(community=community, kind=Kind.DISCUSSION)
    for hour in range(1, 60):
        ContributionFactory.create(conversation=asked, part=Part.REPLY, created_at=at(hour))
    services.mark_read(conversation=asked, until=at(52), by=karim)
    page = reader.get(reverse("conversations:detail", args=[asked.pk]), {"sort": "recent"})
    assert shown(page).page == 1
    assert shown(page).entries[0].contribution.created_at == at(59)


def test_the_history_shows_what_each_version_changed(community, reader, karim):
    opening = question(community=community, author=karim).contributions.get()
    services.edit(
        contribution=opening, body="Deux références sur trois arrivent en double.", by=karim, version=1
    )
    page = reader.get(reverse("conversations:history", args=[opening.pk]))
    assert [version.number for version in page.context["versions"]] == [2, 1]
    assert "<ins" in page.content.decode()
    assert "<del" in page.content.decode()
    assert "<ins" not in page.context["versions"][-1].changed


def test_a_reaction_by_htmx_gives_its_group_back(community, reader):
    answer = ContributionFactory.create(conversation=question(community=community))
    url = reverse("conversations:react", args=[answer.pk, "helps"])
    page = reader.post(url, headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in page.content.decode()
    assert reader.post(reverse("conversations:react", args=[answer.pk, "bravo"])).status_code == 404


def test_a_script_in_a_text_never_runs(community, reader, karim):
    asked = services.start_conversation(
        community=community,
        kind=Kind.QUESTION,
        title="<script>alert(1)</script> un titre",
        body="<script>alert(2)</script> [clic](javascript:alert(3)) <img src=x onerror=alert(4)>",
        by=karim,
    )
    text = reader.get(reverse("conversations:detail", args=[asked.pk])).content.decode()
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text
    assert "<img" not in text
