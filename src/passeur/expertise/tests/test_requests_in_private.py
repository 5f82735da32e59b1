"""A request about a question of a private community is there for its members alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.communities.tests.factories import MembershipFactory, PrivateCommunityFactory
from passeur.conversations.tests.factories import question

from ..choices import ReferralState
from .factories import ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ReferralState)
def test_whoever_left_is_shown_no_question_that_they_were_brought(client, state):
    community = PrivateCommunityFactory.create()
    mei = MembershipFactory.create(community=community).member
    asked = question(community=community, title="Combien au juste")
    referral = ReferralFactory.create(conversation=asked, member=mei, state=state)
    client.force_login(mei)
    assert "Combien au juste" in client.get(reverse("expertise:referrals")).content.decode()
    mei.memberships.update(left_at=timezone.now())
    for page in (reverse("expertise:referrals"), reverse("accounts:known")):
        assert "Combien au juste" not in client.get(page).content.decode()
    assert client.get(reverse("expertise:decline", args=[referral.pk])).status_code == 404
