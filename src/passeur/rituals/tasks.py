"""Work by the clock. Each step may run twice and after any stop."""

from passeur.foundation import jobs

from . import services


@jobs.task(cron="*/10 * * * *", lock="rituals")
def go_on(timestamp: int) -> None:
    """Plan, remind, hand over, and note what did not take place."""
    services.plan_all()
    services.remind()
    services.hand_over()
    services.miss()
