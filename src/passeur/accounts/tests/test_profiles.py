"""What people read about each other, and what they decide about themselves."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from passeur.foundation.text import fold_name

from .. import policies, queries, services
from ..errors import AddressTaken
from ..models import Member
from ..protocols import acquaintances
from .factories import AdministratorFactory, ImportedMemberFactory, MemberFactory, MergeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody_knows():
    """A room above says that these people know each other."""

    def tell(*people):
        keys = [person.pk for person in people]
        acquaintances.append(lambda viewer: Q(pk__in=keys if viewer.pk in keys else []))

    before = list(acquaintances)
    yield tell
    acquaintances[:] = before


def choices(member, **changes):
    kept = {
        "language": "fr",
        "time_zone": "Europe/Paris",
        "appearance": "system",
        "receives_questions": "on",
        "weekly_cap": 3,
        "paused_until": "",
    }
    return kept | changes


def test_a_profile_is_there_for_those_who_know_the_person_and_for_nobody_else(client, everybody_knows):
    viewer, known, unknown = MemberFactory.create_batch(3)
    everybody_knows(viewer, known)
    client.force_login(viewer)
    assert client.get(reverse("accounts:profile", args=[known.pk])).status_code == 200
    assert client.get(reverse("accounts:profile", args=[viewer.pk])).status_code == 200
    assert client.get(reverse("accounts:profile", args=[unknown.pk])).status_code == 404
    assert client.get(reverse("accounts:profile", args=[10**9])).status_code == 404


def test_the_filter_gives_the_same_answer_as_the_policy(everybody_knows):
    viewer, known, _ = MemberFactory.create_batch(3)
    everybody_knows(viewer, known)
    assert set(queries.visible(viewer)) == {m for m in Member.objects.all() if policies.can_see(viewer, m)}


def test_a_profile_shows_no_address_and_no_figure_of_activity(client, everybody_knows):
    viewer, known = MemberFactory.create_batch(2)
    everybody_knows(viewer, known)
    client.force_login(viewer)
    assert known.email not in client.get(reverse("accounts:profile", args=[known.pk])).content.decode()


def test_an_imported_member_is_shown_as_one_and_once_found_leads_to_the_person(client, everybody_knows):
    viewer, person, imported = MemberFactory.create(), MemberFactory.create(), ImportedMemberFactory.create()
    everybody_knows(viewer, person, imported)
    client.force_login(viewer)
    address = reverse("accounts:profile", args=[imported.pk])
    assert "vient d’un import" in client.get(address).content.decode()
    services.merge_members(source=imported, target=person, proof="x", by=viewer)
    assert client.get(address)["Location"] == reverse("accounts:profile", args=[person.pk])


def test_only_oneself_changes_ones_profile():
    member, other = MemberFactory.create(), AdministratorFactory.create()
    with pytest.raises(PermissionDenied):
        services.edit_profile(
            member=member, name="x", job="", team="", site="", bio="", handle=None, by=other
        )


def test_a_profile_is_edited_and_a_refused_one_changes_nothing(client):
    member = MemberFactory.create(name="Karim Haddad")
    client.force_login(member)
    refused = client.post(reverse("accounts:edit_profile"), {"name": " ", "handle": "a b"})
    assert refused.status_code == 422
    assert "Il manque votre nom." in refused.content.decode()
    assert "Karim Haddad" in refused.content.decode()
    client.post(
        reverse("accounts:edit_profile"), {"name": "Karim  Haddad", "handle": "@Karim", "job": "Appro"}
    )
    member.refresh_from_db()
    assert (member.name, member.handle, member.job) == ("Karim Haddad", "karim", "Appro")


def test_a_handle_is_of_one_person(client):
    MemberFactory.create(handle="karim")
    client.force_login(MemberFactory.create())
    page = client.post(reverse("accounts:edit_profile"), {"name": "Karim", "handle": "Karim"})
    assert "déjà pris" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weekly_cap", 21),
        ("weekly_cap", -1),
        ("weekly_cap", ""),
        ("time_zone", "Mars/Olympus"),
        ("language", "de"),
        ("appearance", "neon"),
        ("paused_until", "2001-01-01"),
        ("paused_until", "9999-01-01"),
        ("paused_until", "demain"),
    ],
)
def test_a_preference_that_cannot_be_is_refused(client, field, value):
    member = MemberFactory.create()
    client.force_login(member)
    assert client.post(reverse("accounts:preferences"), choices(member, **{field: value})).status_code == 422


def test_the_next_page_speaks_the_language_chosen(client):
    member = MemberFactory.create()
    client.force_login(member)
    page = client.post(
        reverse("accounts:preferences"), choices(member, language="en", appearance="dark"), follow=True
    ).content.decode()
    assert '<html lang="en" data-theme="dark"' in page


def test_who_pauses_is_not_asked_until_the_day_after_the_pause():
    today = timezone.localdate()
    member = MemberFactory.create(paused_until=today)
    assert not Member.objects.filter(queries.is_available()).exists()
    assert list(Member.objects.filter(queries.is_available(today + dt.timedelta(days=1)))) == [member]


@pytest.mark.parametrize(
    "reason",
    [
        {"weekly_cap": 0},
        {"receives_questions": False},
        {"is_active": False},
        {"email": None},
        {"is_machine": True},
    ],
)
def test_who_has_no_room_or_no_account_is_not_asked(reason):
    MemberFactory.create(**reason)
    assert not Member.objects.filter(queries.is_available()).exists()


def test_people_are_found_by_a_part_of_their_name_without_accents(everybody_knows):
    viewer, pawel, other = (MemberFactory.create(name=n) for n in ("Zoé Blanc", "Paweł Nowak", "Novak Paule"))
    everybody_knows(viewer, pawel, other)
    assert queries.named(viewer, fold_name("NOWAK"), most=4) == [pawel]
    assert queries.named(viewer, fold_name("pa"), most=4) == [pawel, other]
    assert queries.named(viewer, "", most=4) == []


def test_handles_name_only_those_who_are_there():
    among = Member.objects.filter(pk=MemberFactory.create(handle="karim", name="Karim").pk)
    MemberFactory.create(handle="mei")
    found = queries.profiles_by_handle(["Karim", "mei", "nobody"], among)
    assert [(handle, name) for handle, (_, name, _) in found.items()] == [("karim", "Karim")]


def test_an_address_opens_one_account_whatever_its_case():
    services.open_account(email="A@B.example", name="A", password=None)
    with pytest.raises(AddressTaken):
        services.open_account(email="a@b.EXAMPLE", name="B", password=None)


def test_an_account_with_two_people_of_one_name_gives_two_handles():
    handles = [
        services.open_account(email=f"{n}@b.example", name="Łucja Żak", password=None).handle for n in "ab"
    ]
    assert handles == ["lucja-zak", "lucja-zak-2"]


def test_imported_people_keep_their_order_and_have_no_account():
    made = services.provide_imported([services.ImportedPerson("b" * 300), services.ImportedPerson("a")])
    assert [m.name[:1] for m in made] == ["b", "a"]
    assert not any(policies.can_sign_in(m) or m.has_usable_password() for m in made)


def test_a_merge_is_made_once_and_only_of_an_imported_member():
    merge = MergeFactory.create()
    Member.objects.filter(pk=merge.source_id).update(merged_into=merge.target)
    for source in (Member.objects.get(pk=merge.source_id), MemberFactory.create()):
        with pytest.raises(PermissionDenied):
            services.merge_members(source=source, target=MemberFactory.create(), proof="x", by=merge.target)
