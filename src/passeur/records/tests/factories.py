"""The store for tests: a factory a model, and statements as programs send them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.prepared import prepare
from passeur.algorithms.xapi.reading import objects_of
from passeur.algorithms.xapi.statements import Edition
from passeur.communities.tests.factories import CommunityFactory

from ..choices import DocumentKind, IdentifierKind, Scope
from ..models import (
    Activity,
    Agent,
    Attachment,
    Client,
    Course,
    CourseReading,
    CourseSilence,
    CourseTie,
    Derivation,
    Document,
    Echo,
    Forward,
    Learning,
    Reading,
    Statement,
    StatementId,
    StatementsRead,
    Undelivered,
    Withdrawal,
)
from ..models.clients import digest
from ..services import partitions

SECRET = "un secret de test"


class ClientFactory(DjangoModelFactory[Client]):
    """A program that may do everything; its secret is `SECRET`."""

    class Meta:
        model = Client

    name = Sequence(lambda n: f"LMS {n}")
    key = Sequence(lambda n: f"client-{n}")
    secret = digest(SECRET)
    scopes = [Scope.ALL]


class StatementIdFactory(DjangoModelFactory[StatementId]):
    """An id that is taken."""

    class Meta:
        model = StatementId

    id = LazyFunction(uuid4)
    stored = LazyFunction(timezone.now)


class StatementFactory(DjangoModelFactory[Statement]):
    """A row of the store, its month with it."""

    class Meta:
        model = Statement

    id = LazyFunction(uuid4)
    stored = LazyFunction(timezone.now)
    timestamp = LazyAttribute(lambda row: row.stored)
    verb = keys.key_of("https://example.org/verbs/read")
    authority = keys.key_of("client", "client")
    agents: list[Any] = []
    related_agents: list[Any] = []
    related_activities: list[Any] = []
    body = "{}"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        partitions.make(partitions.month_of(kwargs["stored"]))
        return super()._create(model_class, *args, **kwargs)


class EchoFactory(DjangoModelFactory[Echo]):
    """A statement about one that has not come."""

    class Meta:
        model = Echo

    id = LazyFunction(uuid4)
    target = LazyFunction(uuid4)
    stored = LazyFunction(timezone.now)


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """Some bytes."""

    class Meta:
        model = Attachment

    sha2 = Sequence(lambda n: f"{n:064x}")
    content = b"bytes"


class ActivityFactory(DjangoModelFactory[Activity]):
    """A course."""

    class Meta:
        model = Activity

    iri = Sequence(lambda n: f"https://lms.example/course/{n}")
    key = LazyAttribute(lambda row: keys.key_of(row.iri))
    definition = {"name": {"fr": "Un cours"}}


class AgentFactory(DjangoModelFactory[Agent]):
    """Somebody known by an address."""

    class Meta:
        model = Agent

    kind = IdentifierKind.MAILBOX
    value = Sequence(lambda n: f"mailto:personne{n}@lms.example")
    key = LazyAttribute(lambda row: keys.key_of(row.kind, row.value))


class DocumentFactory(DjangoModelFactory[Document]):
    """A state."""

    class Meta:
        model = Document

    key = LazyFunction(uuid4)
    kind = DocumentKind.STATE
    name = Sequence(lambda n: f"state-{n}")
    content = b"{}"
    content_type = "application/json"
    etag = "0" * 40


def said(**changes: Any) -> dict[str, Any]:
    """A statement as a program sends it; None takes a property away."""
    made: dict[str, Any] = {
        "id": str(uuid4()),
        "actor": {"objectType": "Agent", "name": "Lucie", "mbox": "mailto:lucie@lms.example"},
        "verb": {"id": "https://example.org/verbs/finished", "display": {"fr": "a terminé"}},
        "object": {
            "id": "https://lms.example/course/1",
            "definition": {"name": {"fr": "Courroies", "en": "Belts"}},
        },
    } | changes
    return {key: value for key, value in made.items() if value is not None}


def record(*statements: dict[str, Any], client: Client | None = None) -> list[str]:
    """Write statements as a client would; gives their ids."""
    import json

    from ..services import recording

    by = client or ClientFactory.create()
    written, _ = objects_of(json.dumps(statements))
    made = [prepare(one, Edition.TWO, by.authority, where="statement") for one in written]
    recording.record(made, authority=by.authority_key, contents={}, defines=True)
    return [one.id for one in made]


def ago(**span: float) -> dt.datetime:
    """So long before now."""
    return timezone.now() - dt.timedelta(**span)


class DerivationFactory(DjangoModelFactory[Derivation]):
    """A source of facts that was looked at up to its seventh subject."""

    class Meta:
        model = Derivation

    source = Sequence(lambda n: f"source-{n}")
    position = 7


class ForwardFactory(DjangoModelFactory[Forward]):
    """A store that gets everything; its secret is `SECRET`."""

    class Meta:
        model = Forward

    name = Sequence(lambda n: f"Magasin {n}")
    address = "http://127.0.0.1:9/xapi/"
    key = "cle"
    secret_kept = LazyFunction(lambda: _kept(SECRET))


def _kept(secret: str) -> str:
    made = Forward()
    made.keep_secret(secret)
    return made.secret_kept


class UndeliveredFactory(DjangoModelFactory[Undelivered]):
    """A statement that another store refused."""

    class Meta:
        model = Undelivered

    forward = SubFactory(ForwardFactory)
    statement = LazyFunction(uuid4)
    why = "HTTP 400: statement.verb: expected an IRI"


class WithdrawalFactory(DjangoModelFactory[Withdrawal]):
    """A statement to be voided elsewhere."""

    class Meta:
        model = Withdrawal

    forward = SubFactory(ForwardFactory)
    statement = LazyFunction(uuid4)


class ReadingFactory(DjangoModelFactory[Reading]):
    """A store that was read once."""

    class Meta:
        model = Reading

    address = Sequence(lambda n: f"https://lrs{n}.example.org/xapi")


class CourseFactory(DjangoModelFactory[Course]):
    """A course of a learning platform."""

    class Meta:
        model = Course

    iri = Sequence(lambda n: f"https://lms.example/course/{n}")
    key = LazyAttribute(lambda row: keys.key_of(row.iri))
    name = {"fr": "Tenir ses stocks", "en": "Keeping stock"}


class CourseTieFactory(DjangoModelFactory[CourseTie]):
    """A course that a community has to do with."""

    class Meta:
        model = CourseTie

    course = SubFactory(CourseFactory)
    community = SubFactory(CommunityFactory)


class LearningFactory(DjangoModelFactory[Learning]):
    """Somebody began a course an hour ago; `member` says who it is."""

    class Meta:
        model = Learning

    class Params:
        member = None

    course = SubFactory(CourseFactory)
    agent = LazyAttribute(lambda row: AgentFactory.create(member=row.member, link="hand").key)
    begun_at = LazyFunction(lambda: ago(hours=1))
    last_at = LazyAttribute(lambda row: row.begun_at)
    failed: list[Any] = []


class CourseReadingFactory(DjangoModelFactory[CourseReading]):
    """The store was read until now."""

    class Meta:
        model = CourseReading

    through = LazyFunction(timezone.now)


class CourseSilenceFactory(DjangoModelFactory[CourseSilence]):
    """Somebody's courses are not to be used."""

    class Meta:
        model = CourseSilence

    member = SubFactory(MemberFactory)


class StatementsReadFactory(DjangoModelFactory[StatementsRead]):
    """A program read everybody's statements today."""

    class Meta:
        model = StatementsRead

    client = SubFactory(ClientFactory)
    purpose = "program"
