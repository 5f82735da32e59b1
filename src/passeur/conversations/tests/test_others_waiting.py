"""How many other conversations of the same person wait in the same place."""

import pytest
from django.db import connection

from passeur.communities.tests.factories import CommunityFactory
from passeur.foundation.tests.plans import plan_of

from ..choices import State
from ..models import Conversation
from ..queries.needs import others_waiting
from .factories import ConversationFactory, question

pytestmark = pytest.mark.django_db


def test_those_of_the_same_person_that_wait_in_the_same_place():
    asked = question()
    here = {"community": asked.community, "author": asked.author}
    twin = ConversationFactory.create(**here, state=State.WAITING)
    ConversationFactory.create(**here, state=State.REPLIED)
    ConversationFactory.create(community=asked.community, state=State.WAITING)
    ConversationFactory.create(community=CommunityFactory.create(), author=asked.author, state=State.WAITING)
    assert others_waiting([asked, twin]) == {asked.pk: 1, twin.pk: 1}


def test_they_are_counted_along_one_index_however_much_a_person_wrote():
    asked, other = question(), question()
    # Among a few rows any index would do as well.
    for author, state in ((asked.author, State.REPLIED), (other.author, State.WAITING)):
        Conversation.objects.bulk_create(
            ConversationFactory.build_batch(300, community=asked.community, author=author, state=state)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE conversations_conversation")
    plan = plan_of(lambda: others_waiting([asked]))
    assert "Index Only Scan using conversation_others_waiting" in plan
