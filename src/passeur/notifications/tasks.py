"""Work by the clock: mail leaves, what is old is forgotten."""

from passeur.foundation import jobs

from . import services


@jobs.task(queue="mail", retry=3, cron="* * * * *")
def post(timestamp: int) -> None:
    """A round of the post each minute; a round that fails is not missed, the next one does its work."""
    services.post()


@jobs.task(retry=3, cron="23 3 * * *")
def forget_old(timestamp: int) -> None:
    """Once a night."""
    services.forget_old()
