"""Every column about people is somebody's to say, to hand out and to erase."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from passeur.accounts.protocols import holders

# Columns that can hold no words by or about a person, each with the reason.
EXCEPTIONS = {
    "channel.kind": "the kind of connector",
    "channel.address": "an outside place",
    "community.slug": "made of the community's name",
    "community.time_zone": "a choice",
    "theme.name": "a subject",
    "theme.folded": "a subject",
    "theme.slug": "a subject",
    "theme.path": "keys of themes",
    "synonym.name": "a subject",
    "synonym.folded": "a subject",
    "invitation.serial": "random",
    "consultation.rule": "the name of a rule",
    "step.rule": "the name of a rule",
    "step.move": "the name of a move",
    "lexicaldocument.kind": "a kind of text",
    "lexicaldocument.terms": "numbers of words, without their order",
    "lexicaldocument.weights": "weights of words",
    "lexicalcorpus.kind": "a kind of text",
    "closelist.kind": "a kind of text",
    "closelist.adapter": "the name of an adapter",
    "closelist.close": "keys of questions",
    "contenttype.app_label": "of Django",
    "contenttype.model": "of Django",
    "permission.name": "of Django",
    "permission.codename": "of Django",
    "group.name": "of Django; not used",
    "client.name": "the name of a program",
    "client.key": "random",
    "client.secret": "a digest of a random secret",
    "client.previous_secret": "a digest of a random secret",
    "client.scopes": "names of scopes",
    "activity.iri": "an outside thing",
    "spent.who": "a keyed hash of who did what; forgotten after an hour",
    "shared.key": "a keyed hash of what is counted; forgotten when its time is over",
    "shared.value": "times of tries, without whose",
    "session.session_key": "random; deleted with the line of the open session",
    "session.session_data": "signed in as whom; deleted with the line of the open session",
    "emailconfirmation.key": "of allauth; not used, addresses are proved by signed links",
}


def can_name_somebody(field: models.Field) -> bool:
    """Leads to a member, or is free words, JSON, a list or bytes."""
    if field.is_relation:
        related = field.related_model
        return isinstance(related, type) and related._meta.label == "accounts.Member"
    if field.choices:
        return False
    return isinstance(
        field, models.CharField | models.TextField | models.JSONField | models.BinaryField | ArrayField
    )


def columns() -> Iterator[str]:
    for model in apps.get_models():
        if model._meta.app_label.startswith("procrastinate"):
            continue  # arguments of jobs: `accounts.services.forget_jobs`
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
            if can_name_somebody(field):
                yield f"{model._meta.model_name}.{field.name}"


def covered() -> set[str]:
    return {column for _room, held in holders() for column in held.covers}


def test_every_column_about_people_is_covered_by_its_room():
    missing = sorted(set(columns()) - covered() - set(EXCEPTIONS))
    assert missing == [], "\n".join(missing)


def test_nothing_is_covered_that_is_not_there():
    every = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    }
    assert sorted((covered() | set(EXCEPTIONS)) - every) == []


@pytest.mark.parametrize(
    "room",
    [
        "accounts",
        "channels",
        "communities",
        "conversations",
        "desk",
        "expertise",
        "notifications",
        "records",
        "writing",
    ],
)
def test_rooms_that_hold_people_say_so(room):
    assert room in {name for name, _held in holders()}
