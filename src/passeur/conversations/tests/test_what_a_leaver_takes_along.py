"""What is still named to somebody of a community that they left."""

import json

import pytest
from django.utils import timezone

from passeur.accounts import queries as accounts
from passeur.accounts.services.exporting import as_json
from passeur.communities.choices import Entry
from passeur.communities.tests.factories import ClaimFactory, CommunityFactory, MembershipFactory

from .factories import ContributionFactory, question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("entry", "named"), [(Entry.OPEN, True), (Entry.INVITATION, False)])
def test_the_page_and_the_export_name_a_community_that_was_left_if_anybody_may_read_it(entry, named):
    community = CommunityFactory.create(name="Projet Aubier", slug="projet-aubier", entry=entry)
    karim = MembershipFactory.create(community=community).member
    asked = question(community=community, title="Quand abattre l’aubier ?")
    ContributionFactory.create(conversation=asked, author=karim, body="En hiver.")
    ClaimFactory.create(community=community, claimant=karim, imported__name="aubier-du-forum")
    karim.memberships.update(left_at=timezone.now())
    held = "".join(as_json(karim))
    told = repr(accounts.told(karim))
    assert ("aubier" in held.lower()) is named
    assert ("aubier" in told.lower()) is named
    assert [row["text"] for row in json.loads(held)["conversations"]["contributions"]] == ["En hiver."]
