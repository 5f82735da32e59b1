"""Something that a person is told: numbers only, the words are made when it is shown or sent."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

MOST = 50
"""How many happenings a notice holds; older ones give way."""


class Notice(models.Model):
    """One per person, kind and object. What happens next to the same object joins it.

    `subject` is what it is about, such as `conversation:12`: the page and mail group by it.
    `happened` holds keys of what happened, oldest first; `unread` those since it was last opened, `unmailed`
    those that no mail has told. When it was opened is not kept. `due_at`: when a mail may leave at the
    earliest. `mailed_at`: when the last one left.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=40)
    object = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    happened: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField(), default=list)
    unread: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField(), default=list)
    unmailed: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField(), default=list)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "object"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["member", "-last_at", "-id"], name="notice_of_member"),
            models.Index(fields=["kind", "object"], name="notice_of_object"),
            models.Index(fields=["due_at", "member"], condition=~models.Q(due_at=None), name="notice_due"),
            models.Index(fields=["last_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object} → {self.member_id}"

    @property
    def is_new(self) -> bool:
        return bool(self.unread)
