"""What the foundation keeps, for tests."""

from __future__ import annotations

from factory.declarations import LazyFunction
from factory.django import DjangoModelFactory

from ..models import AuditEntry


class AuditEntryFactory(DjangoModelFactory[AuditEntry]):
    """A line of the audit log. It stays: only a transaction that is rolled back takes it away."""

    class Meta:
        model = AuditEntry

    act = "account.closed"
    details = LazyFunction(dict)
