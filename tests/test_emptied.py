"""After a test that commits nothing of it is left, whatever it wrote; what was there before all tests is."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation.tests import emptying
from tests.architecture import world

WRITTEN_BY_DJANGO = (ContentType, Permission)


def filled() -> set[str]:
    """The models of which there is something."""
    models = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return {model._meta.label for model in models if model._base_manager.exists()}


def keys_of_django() -> list[list[int]]:
    return [
        list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for model in WRITTEN_BY_DJANGO
    ]


@pytest.mark.django_db
def test_one_thing_of_each_kind_goes_and_nothing_points_to_it():
    before = keys_of_django()
    world.build()
    assert len(filled()) > 20
    emptying.empty_tables()
    connection.check_constraints()
    assert filled() == {model._meta.label for model in WRITTEN_BY_DJANGO}
    assert keys_of_django() == before


@pytest.mark.xdist_group("emptied")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nth", ["first", "next"])
def test_the_next_test_that_commits_finds_nothing(nth):
    if nth == "first":
        emptying.empty_tables()  # whatever ran before
    assert filled() == {model._meta.label for model in WRITTEN_BY_DJANGO}
    MemberFactory.create()
