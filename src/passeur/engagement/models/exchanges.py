"""What response measures need of each exchange, as `conversations` tells it, and its days."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Exchange(models.Model):
    """An exchange. `state` is the word that `conversations` judged it by; people stand as actors."""

    number = models.BigIntegerField(primary_key=True, help_text="of the conversation")
    community = models.IntegerField()
    themes = ArrayField(models.IntegerField(), default=list)
    kind = models.CharField(max_length=12)
    asks = models.BooleanField(help_text="whether it is of a kind that asks for an answer")
    asker = models.IntegerField(null=True, help_text="an actor")
    helper = models.IntegerField(null=True, help_text="an actor: the author of the accepted answer")
    asked_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10)
    is_resolved = models.BooleanField(default=False)
    is_first = models.BooleanField(
        default=False, help_text="nobody but its author asked before in this community"
    )
    is_helpful = models.BooleanField(
        null=True, help_text="somebody said of a text of another that it helped; empty: not told yet"
    )
    channel = models.IntegerField(null=True, help_text="where it was imported from")
    words = models.IntegerField(null=True, help_text="of its opening")
    reached = models.IntegerField(
        null=True, help_text="how many others wrote or reacted in its first two weeks; empty: not told yet"
    )
    is_useful = models.BooleanField(null=True, help_text="in its first two weeks it helped somebody")

    class Meta:
        indexes = [
            models.Index(fields=["community", "asked_at"], name="exchange_asked"),
            models.Index(fields=["community", "asker", "asked_at"], name="exchange_asker"),
            models.Index(
                fields=["community", "due_at"],
                name="exchange_due",
            ),
            models.Index(
                fields=["community", "asker"], condition=models.Q(is_first=True), name="exchange_first"
            ),
        ]

    def __str__(self) -> str:
        return f"exchange {self.number}"


class Participant(models.Model):
    """Somebody wrote in an exchange, first on this day: two in the same one are tied a little."""

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    actor = models.IntegerField(db_index=True)
    community = models.IntegerField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "actor"], name="participant_once")]
        indexes = [models.Index(fields=["community", "day"], name="participant_day")]

    def __str__(self) -> str:
        return f"{self.exchange_id} {self.actor}"


class Asked(models.Model):
    """The exchanges of one kind asked on a day somewhere, with their waits in bins.

    `served[n]` got a first reply within bin n of `algorithms.measures.bins`; `left[n]` were closed within it,
    unserved; `waiting[h]` of those asked in hour h of the day still wait. Days and hours are those of the
    site. Machines and those who animate the community are left out.

    `askers` are some of the people (bits) who asked: no more than it takes to see that they are many enough;
    a row of a version before has none.
    """

    community = models.IntegerField()
    day = models.DateField(help_text="of the site's time zone")
    kind = models.CharField(max_length=12)
    asks = models.BooleanField(help_text="whether it is of a kind that asks for an answer")
    asked = models.IntegerField()
    served = ArrayField(models.IntegerField())
    left = ArrayField(models.IntegerField())
    waiting = ArrayField(models.IntegerField())
    within = models.IntegerField(help_text="replied to by when it was due")
    accepted = models.IntegerField()
    due = models.IntegerField(default=0, db_default=0, help_text="that have a goal")
    resolved = models.IntegerField(help_text="accepted, or closed with a reason that says so")
    newcomers = models.IntegerField(help_text="first ones of their author, that have a goal")
    newcomers_within = models.IntegerField()
    helped = models.IntegerField(default=0, db_default=0, help_text="in which a text helped somebody")
    hours = ArrayField(models.IntegerField(), null=True, help_text="asked in each hour of the day")
    askers = ArrayField(models.IntegerField(), null=True)

    class Meta:
        abstract = True


class ResponseDay(Asked):
    """Those in a community or theme.

    `beside` are some of the people (bits) who asked that day in the theme above, or else in the community,
    outside of this theme.
    """

    pk = models.CompositePrimaryKey("community", "theme", "day", "kind")
    theme = models.IntegerField(help_text="0: the whole community; -1: what has no theme")
    beside = ArrayField(models.IntegerField(), null=True)
    in_week = models.BooleanField(default=False, db_default=False, help_text="its week was made of it")
    exchanges = models.BinaryField(
        null=True, help_text="of a community: each of them, as `queries.worked` packs it; empty: not made yet"
    )
    their_themes = models.BinaryField(null=True, help_text="of all of these, one behind the other")

    class Meta:
        indexes = [
            models.Index(fields=["community", "day"], name="responseday_day"),
            models.Index(
                fields=["community", "day"], name="responseday_alone", condition=models.Q(in_week=False)
            ),
            models.Index(
                fields=["community", "-day"], name="responseday_old", condition=models.Q(askers=None)
            ),
            models.Index(
                fields=["community", "day"],
                name="responseday_bare",
                condition=models.Q(theme=0, exchanges=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.theme} {self.day} {self.kind}: {self.asked}"


class ResponseWeek(models.Model):
    """The days of a week put together, which pages of figures read: they tell of whole weeks only.

    Of a community, a row for each form; of a theme, one for questions and one for the rest. `cells` are the
    counts of the days side by side, as `queries.weeks` packs them. `people` is how many asked, as far as the
    days know; of `askers` and `beside` no more are kept than of a day.
    """

    pk = models.CompositePrimaryKey("community", "theme", "week", "asks", "kind")
    community = models.IntegerField()
    theme = models.IntegerField(help_text="as in its days")
    week = models.DateField(help_text="a Monday")
    kind = models.CharField(max_length=12, blank=True, help_text="empty: of a theme, all forms")
    asks = models.BooleanField(help_text="whether these ask for an answer")
    asked = models.IntegerField()
    within = models.IntegerField()
    accepted = models.IntegerField()
    due = models.IntegerField()
    resolved = models.IntegerField()
    newcomers = models.IntegerField()
    newcomers_within = models.IntegerField()
    helped = models.IntegerField()
    people = models.IntegerField()
    askers = ArrayField(models.IntegerField())
    beside = ArrayField(models.IntegerField())
    cells = models.BinaryField()
    exchanges = models.BinaryField(
        null=True, help_text="of a community: those of its days; empty: a day is without"
    )
    their_themes = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["community", "week"], name="responseweek_week")]

    def __str__(self) -> str:
        return f"{self.community} {self.theme} {self.week} {self.kind}: {self.asked}"


class TeamDay(Asked):
    """Those in a community by somebody who was of a team when the block of the day began."""

    pk = models.CompositePrimaryKey("community", "team", "day", "kind")
    team = models.CharField(max_length=120, blank=True, help_text="empty: of no team")

    class Meta:
        indexes = [models.Index(fields=["community", "day"], name="teamday_day")]

    def __str__(self) -> str:
        return f"{self.community} {self.team} {self.day} {self.kind}: {self.asked}"


class ChangedDay(models.Model):
    """An exchange asked on this day changed: the day is to be made again. Only added and taken."""

    community = models.IntegerField()
    day = models.DateField(help_text="of the site's time zone")

    class Meta:
        indexes = [models.Index(fields=["community", "day"], name="changedday_day")]

    def __str__(self) -> str:
        return f"{self.community} {self.day}"
