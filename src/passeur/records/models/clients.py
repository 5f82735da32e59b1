"""Programs that may use the store."""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from passeur.algorithms.xapi import keys

from ..choices import PER_MINUTE, Scope


def digest(secret: str) -> str:
    """A secret has 256 bits of chance in it: a slow digest would protect nothing more."""
    return sha256(secret.encode()).hexdigest()


class Client(models.Model):
    """A program with its credentials. Of a secret only a digest is kept.

    After a rotation the secret of before opens too, until `previous_until`: time to change it over there.
    """

    name = models.CharField(_("nom"), max_length=100)
    key = models.CharField(max_length=40, unique=True)
    secret = models.CharField(max_length=64)
    previous_secret = models.CharField(max_length=64, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=24, choices=Scope))
    per_minute = models.PositiveIntegerField(_("requêtes par minute au plus"), default=PER_MINUTE)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def authority(self) -> dict[str, Any]:
        """The client as xAPI sees it: the agent that vouches for what it writes."""
        return {
            "objectType": "Agent",
            "account": {"homePage": settings.ORIGIN, "name": self.key},
            "name": self.name,
        }

    @property
    def authority_key(self) -> Any:
        """What its statements are found by, whatever address this installation has later."""
        return keys.key_of("client", self.key)

    def may(self, *scopes: Scope) -> bool:
        """Whether one of these is among its scopes, or what contains it."""
        return not {*scopes, Scope.ALL}.isdisjoint(self.scopes)

    def opens(self, secret: str) -> bool:
        """Whether this is its secret, or the one of before while that still counts."""
        given = digest(secret)
        is_before = (
            self.previous_until is not None
            and timezone.now() < self.previous_until
            and compare_digest(given, self.previous_secret)
        )
        return compare_digest(given, self.secret) or is_before
