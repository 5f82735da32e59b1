"""Who statements are about: each way that somebody is known by, and the member it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ..choices import IdentifierKind, Link


class Agent(models.Model):
    """One way somebody is known by in statements. One person has several; `member` says that they are one."""

    key = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=IdentifierKind)
    value = models.TextField(help_text="the address, the digest, the OpenID or the account's name")
    home = models.TextField(blank=True, help_text="where the account is")
    name = models.TextField(blank=True)
    is_group = models.BooleanField(default=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    link = models.CharField(max_length=6, choices=Link, default=Link.UNKNOWN, db_default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "link"], name="agent_member_link")]

    def __str__(self) -> str:
        return f"{self.value} @ {self.home}" if self.home else self.value


class AgentReference(models.Model):
    """The number by which the audit log, which nobody shortens, speaks of an agent.

    Its key would not do: it is made of the address or the account, so that whoever knows these finds it again
    after the person was erased, and so does the store with the next statement of a program. This goes with
    the agent and never comes back.
    """

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"n° {self.pk}"
