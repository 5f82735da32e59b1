"""Where something happened: the communities and themes of a statement, told by the keys of its activities."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Scope(models.Model):
    """A statement that names the activity `key` belongs to this community and to this theme, if any.

    The key is that of the community or theme itself, or of a course that is tied to it. A course that is tied
    no more is not `is_open`: what its statements were counted for while it was stays, where they are gone.
    """

    id = models.AutoField(primary_key=True)
    key = models.UUIDField()
    community = models.IntegerField()
    theme = models.IntegerField(default=0, help_text="0: the community itself")
    is_course = models.BooleanField(default=False, db_default=False)
    is_open = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "community", "theme"], name="scope_once")]

    def __str__(self) -> str:
        return f"{self.community} {self.theme}"


class Place(models.Model):
    """A set of scopes that statements had; the empty one is nowhere in particular."""

    id = models.AutoField(primary_key=True)
    scopes = ArrayField(models.IntegerField(), unique=True, help_text="numbers of scopes, rising")

    def __str__(self) -> str:
        return str(self.scopes)


class Word(models.Model):
    """A verb or a type of activity, by its IRI; `act` is what a verb says of taking part (`choices.Act`).

    The same verb is another word where another program says it: to answer a quiz is not to answer somebody.
    """

    id = models.SmallAutoField(primary_key=True)
    key = models.UUIDField(help_text="of records: a hash of the IRI")
    iri = models.TextField()
    is_own = models.BooleanField(default=False, help_text="said by Passeur itself")
    act = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "is_own"], name="word_once")]

    def __str__(self) -> str:
        return self.iri
