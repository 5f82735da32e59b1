"""The words of the sponsors room."""

from django.db import models


class Delivery(models.TextChoices):
    """What became of one report to one sponsor."""

    WAITING = "waiting", "waiting"
    SENT = "sent", "sent"
    REFUSED = "refused", "nobody reads at that address"
