"""What an imported member had stated goes to the person they are, and back."""

import pytest

from passeur.accounts import services as accounts
from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory

from .factories import DeclaredSkillFactory, InterestFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("factory", [DeclaredSkillFactory, InterestFactory])
def test_statements_go_to_the_person_and_back_but_those_they_had_made_too_stay(factory, run_jobs):
    imported, person = ImportedMemberFactory.create(), MemberFactory.create()
    moved, twin = factory.create(member=imported), factory.create(member=imported)
    own = factory.create(member=person, theme=twin.theme)

    def holders():
        return [type(row).objects.get(pk=row.pk).member for row in (moved, twin, own)]

    merge = accounts.merge_members(source=imported, target=person, proof="x", by=person)
    run_jobs()
    assert holders() == [person, imported, person]
    accounts.undo_merge(merge=merge, by=person)
    run_jobs()
    assert holders() == [imported, imported, person]
