"""Other stores: those that get our statements, and those that were read."""

from __future__ import annotations

import datetime as dt
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _cipher() -> Fernet:
    key = sha256(b"passeur.records.forwards:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))


class Forward(models.Model):
    """A store that gets our statements in the order of `stored`; `position` is that of the last it has.

    The secret is kept enciphered by the key of this installation (decision 33). After a failure nothing is
    tried before `next_try_at`.
    """

    name = models.CharField(_("nom"), max_length=100)
    address = models.CharField(_("adresse"), max_length=300)
    key = models.CharField(_("clé"), max_length=200)
    secret_kept = models.TextField()
    position = models.DateTimeField(default=EPOCH)
    sent = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str | None:
        """As it was entered; None where the key of this installation is not the one it was kept under."""
        try:
            return _cipher().decrypt(self.secret_kept.encode()).decode()
        except InvalidToken:
            return None

    def keep_secret(self, secret: str) -> None:
        """Encipher it; the caller saves."""
        self.secret_kept = _cipher().encrypt(secret.encode()).decode()


class Undelivered(models.Model):
    """A statement that another store refuses: told, kept, and sent again when somebody asks for it."""

    forward = models.ForeignKey(Forward, on_delete=models.CASCADE, related_name="undelivered")
    statement = models.UUIDField()
    why = models.CharField(max_length=400)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["forward", "statement"], name="undelivered_once")]

    def __str__(self) -> str:
        return f"{self.statement} → {self.forward_id}"


class Withdrawal(models.Model):
    """A statement that was erased here and is still to be voided there."""

    forward = models.ForeignKey(Forward, on_delete=models.CASCADE, related_name="withdrawals")
    statement = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["forward", "statement"], name="withdrawal_once")]

    def __str__(self) -> str:
        return f"{self.statement} ← {self.forward_id}"


class Reading(models.Model):
    """How far another store was read: the `stored` of the last statement that came, in its own words."""

    address = models.CharField(max_length=300, unique=True)
    since = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.address}: {self.since}"
