"""Themes form a tree, with synonyms and merging; addresses and words that worked go on working."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import (
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

from .. import queries, services
from ..errors import NameTaken, OtherCommunity, TooDeep, WouldCircle
from ..models import Theme
from .factories import DeclaredSkillFactory, InterestFactory, SynonymFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return ManagerFactory.create()


@pytest.fixture
def community(manager):
    return manager.community


@pytest.fixture
def by(manager):
    return manager.member


def add(community, by, *names):
    """Each theme under the one before."""
    theme = None
    for name in names:
        theme = services.create_theme(community=community, name=name, parent=theme, by=by)
    return theme


def names(themes):
    return [theme.name for theme in themes]


def paths_are_right():
    for theme in Theme.objects.all():
        above = theme.parent.path if theme.parent else "/"
        assert theme.path == f"{above}{theme.pk}/"


def test_the_tree_is_read_in_one_query(community, by, django_assert_num_queries):
    add(community, by, "Stocks", "Inventaire", "Écarts")
    add(community, by, "Achats")
    with django_assert_num_queries(1):
        tree = queries.tree(community)
    assert names(node.theme for node in tree) == ["Achats", "Stocks"]
    assert names(queries.themes(community)) == ["Achats", "Stocks", "Inventaire", "Écarts"]


def test_a_name_or_synonym_finds_its_theme_case_and_accents_aside(community, by):
    theme = add(community, by, "Œuvres d’été")
    services.add_synonym(theme=theme, name="Fêtes", by=by)
    found, unknown = queries.resolve(community, ["OEUVRES D'ETE", "fetes", "Hiver", "  "])
    assert found == [theme]
    assert unknown == ["Hiver"]


def test_a_theme_stands_with_all_below_it_and_no_others(community, by):
    bottom = add(community, by, "Stocks", "Inventaire", "Écarts")
    top = queries.ancestors(bottom)[0]
    add(community, by, "Achats")
    assert {t.name for t in queries.with_descendants(top)} == {"Stocks", "Inventaire", "Écarts"}
    assert names(queries.ancestors(bottom)) == ["Stocks", "Inventaire"]


@pytest.mark.parametrize("taken", ["stocks", "STÖCKS", "entrepôt", "Entrepot"])
def test_a_name_is_of_one_theme(community, by, taken):
    SynonymFactory.create(theme=add(community, by, "Stocks"), name="Entrepôt")
    with pytest.raises(NameTaken):
        services.create_theme(community=community, name=taken, by=by)


def test_renamed_a_theme_keeps_its_address_and_its_former_name(community, by):
    theme = add(community, by, "Stocks")
    services.rename_theme(theme=theme, name="Entrepôt", by=by)
    assert theme.slug == "stocks"
    assert queries.resolve(community, ["stocks", "entrepot"])[0] == [theme]
    services.rename_theme(theme=theme, name="Stocks", by=by)
    assert queries.resolve(community, ["stocks", "entrepot"])[0] == [theme]


def test_moved_a_theme_takes_along_all_below_it(community, by):
    bottom = add(community, by, "Stocks", "Inventaire", "Écarts")
    elsewhere = add(community, by, "Achats")
    services.move_theme(theme=bottom.parent, parent=elsewhere, by=by)
    bottom.refresh_from_db()
    assert names(queries.ancestors(bottom)) == ["Achats", "Inventaire"]
    paths_are_right()
    services.move_theme(theme=bottom, parent=None, by=by)
    assert bottom.depth == 0
    paths_are_right()


def test_a_theme_does_not_go_under_itself(community, by):
    bottom = add(community, by, "Stocks", "Inventaire", "Écarts")
    top = queries.ancestors(bottom)[0]
    for below in (top, bottom):
        with pytest.raises(WouldCircle):
            services.move_theme(theme=top, parent=below, by=by)


def test_the_tree_has_eight_levels_at_most(community, by):
    eighth = add(community, by, *"ABCDEFGH")
    with pytest.raises(TooDeep):
        services.create_theme(community=community, name="I", parent=eighth, by=by)
    two = add(community, by, "X", "Y")
    with pytest.raises(TooDeep):
        services.move_theme(theme=two.parent, parent=eighth.parent, by=by)


def test_themes_of_two_communities_do_not_mix(community, by):
    foreign, own = ThemeFactory.create(), add(community, by, "Stocks")
    with pytest.raises(OtherCommunity):
        services.move_theme(theme=own, parent=foreign, by=by)
    with pytest.raises(OtherCommunity):
        services.merge_themes(source=own, target=foreign, by=by)


def test_merged_its_words_people_and_sub_themes_are_those_of_the_theme_that_stays(community, by):
    source, target = add(community, by, "Excel", "Macros").parent, add(community, by, "Tableur")
    SynonymFactory.create(theme=source, name="XLS")
    both = MemberFactory.create()
    for theme in (source, target):
        DeclaredSkillFactory.create(theme=theme, member=both)
        InterestFactory.create(theme=theme)
    services.merge_themes(source=source, target=target, by=by)
    assert queries.resolve(community, ["excel", "xls", "tableur"])[0] == [target]
    assert names(queries.themes(community)) == ["Tableur", "Macros"]
    assert list(queries.declarers(target)) == [both]
    assert queries.followers(target).count() == 2
    paths_are_right()


def test_a_theme_may_merge_into_one_below_it(community, by):
    bottom = add(community, by, "Stocks", "Inventaire", "Écarts")
    top = queries.ancestors(bottom)[0]
    services.merge_themes(source=top, target=bottom.parent, by=by)
    assert names(queries.themes(community)) == ["Inventaire", "Écarts"]


def test_the_address_of_a_merged_theme_leads_to_the_one_that_stays_for_good(client, community, by):
    first, second, third = (add(community, by, name) for name in ("Un", "Deux", "Trois"))
    services.merge_themes(source=first, target=second, by=by)
    services.merge_themes(source=second, target=third, by=by)
    client.force_login(by)
    answer = client.get(reverse("skills:theme", args=[community.slug, "un"]))
    assert (answer.status_code, answer["Location"]) == (
        301,
        reverse("skills:theme", args=[community.slug, "trois"]),
    )


@pytest.mark.parametrize("who", ["member", "LCM of another community", "stranger"])
def test_only_the_lcm_changes_the_tree(who, community, client):
    other = (ManagerFactory if who.startswith("LCM") else MembershipFactory).create(
        **({"community": community} if who == "member" else {})
    )
    theme = ThemeFactory.create(community=community)
    with pytest.raises(PermissionDenied):
        services.create_theme(community=community, name="x", by=other.member)
    with pytest.raises(PermissionDenied):
        services.merge_themes(source=theme, target=ThemeFactory.create(community=community), by=other.member)
    if who != "stranger":
        client.force_login(other.member)
    answer = client.get(reverse("skills:edit", args=[community.slug, theme.slug]))
    assert answer.status_code == (302 if who == "stranger" else 403)


def test_one_states_what_one_can_do_only_where_one_belongs():
    theme = ThemeFactory.create(community=PrivateCommunityFactory.create())
    with pytest.raises(PermissionDenied):
        services.declare_skill(theme=theme, member=MemberFactory.create())
    with pytest.raises(PermissionDenied):
        services.follow_theme(theme=theme, member=MemberFactory.create())


def test_what_one_stated_one_can_take_back_after_leaving():
    interest, skill = InterestFactory.create(), DeclaredSkillFactory.create()
    services.unfollow_theme(theme=interest.theme, member=interest.member)
    services.withdraw_skill(theme=skill.theme, member=skill.member)
    assert not queries.followers(interest.theme).exists()
    assert not queries.declarers(skill.theme).exists()


def test_statements_in_a_community_that_the_viewer_may_not_read_are_not_shown():
    private = PrivateCommunityFactory.create()
    member = MembershipFactory.create(community=private).member
    DeclaredSkillFactory.create(member=member, theme=ThemeFactory.create(community=private))
    assert queries.declared_by(member, viewer=member).count() == 1
    assert queries.declared_by(member, viewer=MemberFactory.create()).count() == 0


def test_a_text_suggests_the_themes_it_names_the_longest_first(community, by):
    add(community, by, "Stocks")
    article = add(community, by, "Codes article")
    services.add_synonym(theme=article, name="EAN", by=by)
    assert names(queries.suggest(community, "Les CODES-ARTICLE du stocks")) == ["Codes article", "Stocks"]
    assert names(queries.suggest(community, "un ean faux")) == ["Codes article"]
    assert queries.suggest(community, "océan, destockage") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("La courroie du convoyeur saute", ["Courroies"]),
        ("Des COURROIES neuves", ["Courroies"]),
        ("un tableau croisé", ["Tableaux croisés"]),
        ("a pivot table", ["Pivot tables"]),
        ("un tableau bien croisé", []),
        ("courrier recommandé", []),
    ],
)
def test_a_text_names_a_theme_in_the_singular_or_the_plural_in_both_languages(community, by, text, named):
    for name in ("Courroies", "Tableaux croisés", "Pivot tables"):
        add(community, by, name)
    assert names(queries.suggest(community, text)) == named


def test_imports_make_each_theme_once_and_find_it_by_its_synonyms(community, by):
    stocks = add(community, by, "Stocks")
    services.add_synonym(theme=stocks, name="inventory", by=by)
    for _ in range(2):
        made = services.provide_themes(community=community, names=["Inventory", "new", "NEW"])
    assert made["Inventory"] == stocks
    assert made["new"] == made["NEW"]
    assert Theme.objects.count() == 2


@pytest.mark.parametrize("page", ["themes", "theme", "edit", "mine"])
def test_a_page_costs_no_more_queries_with_more_rows(
    page, client, community, by, django_assert_max_num_queries
):
    top = add(community, by, "Stocks")
    client.force_login(by)
    address = reverse(
        f"skills:{page}", args={"themes": [community.slug], "mine": []}.get(page, [community.slug, top.slug])
    )

    def grow(start):
        for n in range(start, start + 4):
            child = ThemeFactory.create(community=community, parent=top)
            DeclaredSkillFactory.create(theme=top)
            DeclaredSkillFactory.create(theme=child, member=by)
            InterestFactory.create(theme=child, member=by)
            SynonymFactory.create(theme=top, name=f"mot {n}")

    grow(0)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    grow(10)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert client.get(address).status_code == 200


def test_the_lcm_edits_a_theme_from_its_page(client, community, by):
    theme, other = add(community, by, "Stocks"), add(community, by, "Achats")
    client.force_login(by)
    address = reverse("skills:edit", args=[community.slug, theme.slug])
    client.post(address, {"name": "Entrepôt", "description": "Ce qu’il y a.", "parent": other.pk})
    theme.refresh_from_db()
    assert (theme.name, theme.description, theme.parent) == ("Entrepôt", "Ce qu’il y a.", other)
    refused = client.post(address, {"name": "Achats", "parent": ""})
    assert refused.status_code == 422
    assert "désigne déjà" in refused.content.decode()


def test_a_theme_is_stated_by_its_name_or_synonym_in_ones_own_communities_only(client, community, by):
    theme = add(community, by, "Stocks")
    services.add_synonym(theme=theme, name="Entrepôt", by=by)
    ThemeFactory.create(community=CommunityFactory.create(), name="Chant")
    client.force_login(by)
    assert client.post(reverse("skills:mine"), {"theme": "entrepot", "list": "help"}).status_code == 302
    assert client.post(reverse("skills:mine"), {"theme": "Chant", "list": "help"}).status_code == 422
    assert list(queries.declared_by(by, viewer=by)) == [theme]
