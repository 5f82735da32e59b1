"""Similar questions: what a member is shown beside the question they write."""

import pytest

from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.recommendations import queries as recommendations

from .. import services as conversations
from ..choices import Kind, LinkKind, Part
from ..models import ConversationLink
from ..queries import links, texts
from ..queries.similar import similar_questions
from ..services import similarity, similarity_evaluation
from .factories import ContributionFactory, at, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def karim(community):
    return MembershipFactory.create(community=community).member


def found(member, community, title, **more):
    return [
        similar.conversation.pk
        for similar in similar_questions(member, community=community, title=title, **more)
    ]


def test_a_question_is_found_by_other_forms_of_its_words(community, karim):
    stocks = question(community=community, title="Comment repérer les doublons dans un export de stocks ?")
    question(community=community, title="Qui a accès au dépôt ?")
    similarity.index_questions()
    assert found(karim, community, "reperer un DOUBLON des exports")[0] == stocks.pk


def test_a_question_never_resembles_itself(community, karim):
    stocks = question(community=community, title="Doublons de stocks")
    similarity.index_questions()
    assert found(karim, community, "Doublons de stocks", leave_out=stocks.pk) == []


def test_a_question_of_another_community_is_never_shown(community, karim):
    question(title="Doublons de stocks")
    similarity.index_questions()
    assert found(karim, community, "Doublons de stocks") == []


def test_a_discussion_is_no_similar_question(community, karim):
    talk = question(community=community, title="Doublons de stocks", kind=Kind.DISCUSSION)
    similarity.index_questions([talk.pk])
    assert found(karim, community, "Doublons de stocks") == []


def test_a_question_is_found_by_what_was_answered(community, karim):
    stocks = question(community=community, title="Ça ne marche pas")
    ContributionFactory.create(conversation=stocks, html="<p>Videz le cache du navigateur.</p>")
    similarity.index_questions([stocks.pk])
    assert found(karim, community, "Le cache du navigateur") == [stocks.pk]


def test_a_deleted_text_is_no_longer_found(community, karim):
    stocks = question(community=community, title="Ça ne marche pas")
    answer = ContributionFactory.create(conversation=stocks, html="<p>Videz le cache.</p>")
    similarity.index_questions([stocks.pk])
    answer.deleted_at = at(2)
    answer.save()
    similarity.index_questions([stocks.pk])
    assert found(karim, community, "Le cache") == []
    stocks.contributions.filter(part=Part.OPENING).update(deleted_at=at(3))
    similarity.index_questions([stocks.pk])
    assert recommendations.indexed(texts.KIND) == []


def test_a_question_that_is_gone_leaves_the_index(community, karim):
    stocks = question(community=community, title="Doublons de stocks")
    kept = question(community=community, title="Doublons de fichiers")
    similarity.index_questions()
    stocks.contributions.all().delete()
    stocks.delete()
    similarity.index_questions()
    assert recommendations.indexed(texts.KIND) == [kept.pk]


def test_words_of_a_link_to_another_question_are_not_ones_own():
    html = '<p>Déjà vu : <a href="/from/stackexchange/x/12/">Doublons de stocks</a>, ou <a href="https://x.fr">ici</a></p>'
    assert texts.own_words(html).split() == ["Déjà", "vu", ":", ",", "ou", "ici"]


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_takes_the_same_statements_however_many_there_are(
    community, karim, many, django_assert_max_num_queries
):
    for n in range(many):
        question(community=community, title=f"Doublons de stocks du dépôt {n}")
    similarity.index_questions()
    with django_assert_max_num_queries(5):
        for similar in similar_questions(karim, community=community, title="Doublons de stocks", limit=10):
            assert similar.conversation.author.pk
            assert similar.conversation.community.pk


def test_bulk_indexing_takes_the_same_statements_however_many_answers_there_are(
    community, django_assert_max_num_queries
):
    for n in range(8):
        for _ in range(3):
            ContributionFactory.create(conversation=question(community=community, title=f"Doublons {n}"))
    with django_assert_max_num_queries(20):
        assert similarity.index_questions() == 24


def test_the_later_question_of_a_link_looks_for_the_earlier_one(community):
    first = question(community=community, title="Doublons de stocks", created_at=at(0))
    second = question(community=community, title="Les stocks sont en double", created_at=at(5))
    elsewhere = question(title="Doublons", created_at=at(6))
    ConversationLink.objects.create(source=first, target=second, kind=LinkKind.DUPLICATE)
    ConversationLink.objects.create(source=elsewhere, target=second, kind=LinkKind.DUPLICATE)
    assert links.linked_questions(community.pk) == {second.pk: {"duplicate": {first.pk}}}


def test_answers_given_after_the_question_do_not_help_it(community):
    first = question(community=community, title="Ça ne marche pas", opening="Rien.", created_at=at(0))
    question(community=community, title="Le cache du navigateur", created_at=at(5))
    second = question(community=community, title="Vider le cache du navigateur", created_at=at(6))
    ContributionFactory.create(
        conversation=first, html="<p>Videz le cache du navigateur.</p>", created_at=at(9)
    )
    ConversationLink.objects.create(source=second, target=first, kind=LinkKind.RELATED)
    scores = similarity_evaluation.evaluate(community.slug, lexical_only=True).scores
    assert scores["lexical"]["related"].hit_10 == (0.0,)
    first.contributions.filter(part=Part.ANSWER).update(created_at=at(3))
    scores = similarity_evaluation.evaluate(community.slug, lexical_only=True).scores
    assert scores["lexical"]["related"].hit_10 == (1.0,)


def test_a_first_question_of_usual_words_alone_is_taken_in(community, karim, run_jobs):
    conversations.start_conversation(
        community=community, kind=Kind.QUESTION, title="Pour vous ?", body="?", by=karim
    )
    run_jobs()
    assert found(karim, community, "Pour vous ?") == []
