"""Two conversations that somebody found close: each is shown to whoever may read both."""

import pytest
from django.urls import reverse

from passeur.communities.tests.factories import CommunityFactory, MembershipFactory, PrivateCommunityFactory

from ..choices import LinkKind
from .factories import ConversationLinkFactory, question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", LinkKind)
@pytest.mark.parametrize("way", [("source", "target"), ("target", "source")])
def test_a_link_to_a_private_conversation_is_there_for_its_members_alone(client, kind, way):
    open_to_all, private = CommunityFactory.create(), PrivateCommunityFactory.create()
    asked = question(community=open_to_all, title="Comment compter")
    secret = question(community=private, title="Combien au juste")
    ConversationLinkFactory.create(kind=kind, **dict(zip(way, (asked, secret), strict=True)))
    inside = MembershipFactory.create(community=private).member
    outside = MembershipFactory.create(community=open_to_all).member
    page = reverse("conversations:detail", args=[asked.pk])
    for reader, is_told in ((inside, True), (outside, False)):
        client.force_login(reader)
        assert ("Combien au juste" in client.get(page).content.decode()) is is_told
