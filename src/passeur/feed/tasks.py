"""Jobs of the feed; each may run twice with the same result."""

from passeur.foundation import jobs

from . import services


@jobs.task(queue="indexing", retry=5)
def suggest(conversation: int) -> None:
    """A question is solved: whom else may that help?"""
    services.suggest(conversation)


@jobs.task(queue="indexing", retry=3, cron="10 4 * * *")
def suggest_everywhere(timestamp: int) -> None:
    """Once a night, also for what an import brought, and for questions asked since."""
    services.suggest_everywhere()


@jobs.task(retry=3, cron="40 3 * * *")
def forget_old(timestamp: int) -> None:
    """What was worked out two months ago helps nobody any more."""
    services.forget_old()
