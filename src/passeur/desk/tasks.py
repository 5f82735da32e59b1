"""What the desk does by the clock."""

from django.utils import timezone

from passeur.communities.queries import scopes
from passeur.foundation import jobs

from . import queries, services
from .services.planning import GRACE


@jobs.task(cron="17 3 * * *")
def expire_consultations(timestamp: int) -> None:
    """Every night, drop what was kept long enough."""
    services.expire_consultations()


@jobs.task(cron="47 3 * * *")
def forget_ended(timestamp: int) -> None:
    """Every night, drop the entries that ended. Nothing depends on it: they are not read any more."""
    services.forget_ended(timezone.now(), kept=GRACE)


@jobs.task(cron="* * * * *")
def fill_communities(timestamp: int) -> None:
    """Once a community is new, or Passeur was upgraded, or a bulk load said so: judge all of it, once."""
    for community in queries.unfilled(scopes.every()):
        fill.defer(community=community.pk)


@jobs.task(lock="desk.fill")
def fill(community: int) -> None:
    """One community at a time; what was filled meanwhile is left alone."""
    for found in queries.unfilled(scopes.by_id([community])):
        services.fill(found)
