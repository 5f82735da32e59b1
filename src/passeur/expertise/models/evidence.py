"""What a community's past says about who can answer, kept so that one question reads only its own scopes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ..choices import STANDING, Scope


class Evidence(models.Model):
    """One row a community: weights, totals, and the lock under which its evidence changes.

    `totals` are log2 of the fading sums over everybody, one a half-life. `stale_at`: something happened
    that only a rebuild brings in; `learnt`: exchanges taken in since the weights were last fitted.
    """

    community = models.OneToOneField(
        "communities.Community", on_delete=models.CASCADE, primary_key=True, related_name="evidence"
    )
    weights: models.JSONField[dict[str, float]] = models.JSONField(default=dict)
    lessons = models.PositiveIntegerField(default=0)
    learnt = models.PositiveIntegerField(default=0)
    totals: ArrayField[list[float], list[float]] = ArrayField(models.FloatField(), default=list)
    questions = models.PositiveIntegerField(default=0)
    question_words = models.FloatField(default=0.0)
    answers = models.PositiveIntegerField(default=0)
    answer_words = models.FloatField(default=0.0)
    stale_at = models.DateTimeField(null=True, blank=True)
    rebuilt_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"evidence of {self.community_id}"


class Exchange(models.Model):
    """A question or discussion that evidence knows of, with the themes it had then; who began it asks."""

    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.FloatField(help_text="UNIX seconds")
    themes: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField())
    broader: ArrayField[list[int], list[int]] = ArrayField(
        models.BigIntegerField(), help_text="the themes and all that stand above them"
    )

    class Meta:
        indexes = [GinIndex(fields=["broader"], name="exchange_broader")]

    def __str__(self) -> str:
        return f"exchange {self.conversation_id}"


class Share(models.Model):
    """One person's part in one exchange."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="shares", db_index=False)
    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.FloatField(help_text="UNIX seconds of their first answer")
    replies = models.PositiveIntegerField(default=1)
    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)
    accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "person"], name="share_once")]
        indexes = [
            models.Index(fields=["community", "-at", "-id"], name="share_latest"),
            models.Index(fields=["community", "person", "-at"], name="share_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.exchange_id}"


_LED = models.Q(scope__in=[Scope.OVERALL, Scope.THEME])


def _leaders(half_life: str) -> models.Index:
    """So that the first people at a half-life are read without looking at the rest."""
    fields = ["community", "scope", "key", f"-{half_life}", "person"]
    led = models.Q() if half_life == "year" else _LED
    return models.Index(fields=fields, condition=led if led else None, name=f"tally_{half_life}")


class Tally(models.Model):
    """Fading counts of one person in one scope: log2 of the sum at each half-life, as in `algorithms`.

    `key` is a theme, or the person that the scope is about; 0 overall. `answers` and `accepted` never fade.
    """

    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    scope = models.PositiveSmallIntegerField(choices=Scope)
    key = models.BigIntegerField(default=0)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.FloatField()
    month = models.FloatField()
    quarter = models.FloatField()
    year = models.FloatField()
    latest = models.FloatField(help_text="UNIX seconds")
    answers = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "scope", "key", "person"], name="tally_once")
        ]
        indexes = [
            *(_leaders(half_life) for half_life in ("week", "month", "quarter", "year")),
            models.Index(
                fields=["community", "person", "key"],
                condition=models.Q(scope=Scope.TO_ASKER),
                include=["year"],
                name="tally_helped",
            ),
            models.Index(
                fields=["community", "person", "key"],
                condition=models.Q(scope__in=list(STANDING)),
                name="tally_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.key}: {self.person_id}"


class ThemeCount(models.Model):
    """How many exchanges a theme has had, and who gave its last answers, oldest first."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    theme = models.OneToOneField("skills.Theme", on_delete=models.CASCADE, primary_key=True, related_name="+")
    questions = models.PositiveIntegerField(default=0)
    last: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField(), default=list)
    last_at = models.FloatField(default=0.0)

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.questions}"


class Listing(models.Model):
    """Whom routing put forward for one question: the lists over which nobody has more than their share."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="+"
    )
    order: models.JSONField[list[list[Any]]] = models.JSONField(help_text="[person, chance], best first")
    greyed: models.JSONField[list[list[Any]]] = models.JSONField(
        default=list, help_text="the same for people who could not be asked when the list was made"
    )
    why: models.JSONField[dict[str, list[dict[str, Any]]]] = models.JSONField(
        default=dict, help_text="by person, for the first of them: reasons as `queries.reasons` keeps them"
    )
    made_at = models.FloatField(help_text="UNIX seconds")

    class Meta:
        indexes = [models.Index(fields=["community", "-made_at", "-id"], name="listing_latest")]

    def __str__(self) -> str:
        return f"list for {self.conversation_id}"
