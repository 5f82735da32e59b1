"""Work by the clock: requests run out, the queue is served, mail goes out, evidence is counted anew."""

from passeur.foundation import jobs

from . import services


@jobs.task(cron="*/5 * * * *", lock="expertise.referrals")
def expire_referrals(timestamp: int) -> None:
    """Requests whose time has passed go to the next person."""
    services.expire_due()


@jobs.task(cron="*/10 * * * *", lock="expertise.referrals")
def try_the_queue(timestamp: int) -> None:
    """A new week has begun, somebody is back: there may be room."""
    services.serve_queue()


@jobs.task(lock="expertise.referrals")
def serve_the_queue() -> None:
    """Something happened that makes room."""
    services.serve_queue()


@jobs.task(queue="mail", retry=5)
def mail_referral(referral: int) -> None:
    """Tell the person who was asked: a job that an earlier version left in the queue."""
    services.tell(referral)


@jobs.task(cron="*/2 * * * *", lock="expertise.evidence")
def count_again(timestamp: int) -> None:
    """Communities where something old has changed, or that were imported."""
    services.rebuild_due()


@jobs.task(cron="17 2 * * *", lock="expertise.evidence")
def learn_weights(timestamp: int) -> None:
    """Communities where enough was asked since the last time."""
    services.refit_due()
