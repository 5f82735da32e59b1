"""After an erasure nothing in the whole database names the person, and no newer import brings them back."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from passeur.accounts import services
from passeur.accounts.tests.factories import (
    AdministratorFactory,
    ImportedMemberFactory,
    MemberFactory,
    MergeFactory,
    VerifiedAddressFactory,
)
from passeur.channels.tests.factories import ChannelFactory, IdentityFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    ClaimFactory,
    CommunityFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
)
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, Part
from passeur.conversations.tests.factories import (
    ContributionFactory,
    RevisionFactory,
    SearchMissFactory,
    question,
)
from passeur.desk.tests.factories import ConsultationFactory, StepFactory
from passeur.expertise import services as expertise
from passeur.expertise.tests.factories import ReferralFactory
from passeur.outreach.tests.factories import NoteFactory
from passeur.skills.tests.factories import DeclaredSkillFactory, ThemeFactory

pytestmark = pytest.mark.django_db

NAME, ADDRESS, HANDLE = "Zénobie Quillévéré", "zenobie.quillevere@orvelle.example", "zenobie-quillevere"
OTHER_NAME = "Zeno Quillevere Import"
PASSWORD = "quatre mots sur la rivière"


def traces_in_the_database(*words):
    """(table, column) of every text, JSON, array or search vector that holds one of these words, folded."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public'"
            " and data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'tsvector',"
            " 'USER-DEFINED')"
        )
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'select count(*) from "{table}" where passeur_fold("{column}"::text) like %s',  # noqa: S608
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.append((table, column, word))
    return found


@pytest.fixture
def world(run_jobs):
    community = CommunityFactory.create()
    manager = ManagerFactory.create(community=community).member
    gone = MemberFactory.create(
        name=NAME, email=ADDRESS, handle=HANDLE, bio=f"Je suis {NAME}", secret=PASSWORD
    )
    VerifiedAddressFactory.create(user=gone)
    MembershipFactory.create(community=community, member=gone, role=Role.EXPERT)
    mei = MembershipFactory.create(community=community).member
    theme = ThemeFactory.create(community=community, description=f"Voir avec {NAME}")
    DeclaredSkillFactory.create(member=gone, theme=theme)
    asked = conversations.start_conversation(
        community=community,
        kind=Kind.QUESTION,
        title=f"Qui connaît {NAME} ?",
        body=f"Bonjour @{HANDLE}, et {NAME.upper()} ; écrire à {ADDRESS}",
        themes=[theme],
        by=mei,
    )
    conversations.contribute(conversation=asked, body=f"C'est moi, {NAME}", by=gone)
    edited = asked.contributions.get(part=Part.OPENING)
    RevisionFactory.create(contribution=edited, body=f"Avant : {NAME}", title=NAME)
    deleted = ContributionFactory.create(
        conversation=asked, author=gone, part=Part.COMMENT, body="texte retiré", html="<p>texte retiré</p>"
    )
    deleted.deleted_at = timezone.now()
    deleted.save()
    SearchMissFactory.create(community=community, words="zénobie quillévéré", folded="zenobie quillevere")
    ReferralFactory.create(
        conversation=question(community=community, author=mei),
        member=gone,
        decline_words="moi, Zénobie Quillévéré, je n’ai pas le temps",
        reasons=[{"kind": "named", "by": NAME}],
    )
    StepFactory.create(community=community, by=manager, subject=f"member:{gone.pk}", title=f"{NAME}, seule")
    ConsultationFactory.create(community=community, reader=manager, member=gone)
    NoteFactory.create(community=community, by=manager, to=gone, text=f"Bienvenue {NAME}")
    NoteFactory.create(community=community, by=gone, to=mei, text=f"Signé {NAME}")
    InvitationFactory.create(community=community, email=ADDRESS, accepted_by=gone, accepted_at=timezone.now())
    imported = ImportedMemberFactory.create(name=OTHER_NAME)
    IdentityFactory.create(
        channel=ChannelFactory.create(community=community), member=imported, external_id="zq-7"
    )
    ClaimFactory.create(community=community, claimant=gone, imported=imported, proof=f"je suis {NAME}")
    MergeFactory.create(source=imported, target=gone, proof=f"{NAME} le prouve")
    imported.merged_into = gone
    imported.save()
    run_jobs()
    return community, gone, mei, asked


def test_nothing_names_an_erased_person_anywhere(world, run_jobs, client):
    _community, gone, _mei, _asked = world
    client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
    words = ["zenobie", "quillevere", "zq-7"]
    assert len(traces_in_the_database(*words)) > 15
    services.erase(member=gone, by=gone)
    run_jobs()
    assert traces_in_the_database(*words, "texte retire") == []


def test_what_the_person_wrote_stays_and_is_nobodys(world, run_jobs, client):
    _community, gone, mei, asked = world
    services.erase(member=gone, by=AdministratorFactory.create())
    run_jobs()
    client.force_login(mei)
    page = client.get(reverse("conversations:detail", args=[asked.pk])).content.decode()
    assert "Membre parti" in page
    assert "C’est moi, Membre parti" in page or "C'est moi, Membre parti" in page.replace("&#x27;", "'")
    assert "Quillévéré" not in page
    assert client.get(reverse("accounts:profile", args=[gone.pk])).status_code in {200, 404}
    mei.language = "en"
    mei.save()
    assert "Member who left" in client.get(reverse("conversations:detail", args=[asked.pk])).content.decode()


def test_an_erased_expert_is_brought_no_question_and_counts_nowhere(world, run_jobs):
    community, gone, _mei, _asked = world
    services.erase(member=gone, by=gone)
    run_jobs()
    expertise.rebuild(community.pk)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from expertise_tally where person_id = %s", [gone.pk])
        assert cursor.fetchone()[0] == 0


def test_somebody_elses_first_name_or_home_is_left_alone(world, run_jobs):
    _community, gone, mei, asked = world
    other = ContributionFactory.create(conversation=asked, author=mei, body="Merci à Zénobie Martin")
    services.erase(member=gone, by=gone)
    run_jobs()
    other.refresh_from_db()
    assert other.body == "Merci à Zénobie Martin"


def test_the_key_of_what_was_forgotten_is_the_same_in_the_database_and_here(db):
    from passeur.channels.services.forgetting import digest, key

    with connection.cursor() as cursor:
        cursor.execute(
            "select sha256(%(k)s::bytea || sha256(%(k)s::bytea || convert_to(%(id)s, 'UTF8')))",
            {"k": key(), "id": "zq-7 é"},
        )
        assert bytes(cursor.fetchone()[0]) == digest("zq-7 é")
