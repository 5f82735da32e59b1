"""Work of the administration that takes its time."""

from passeur.foundation import jobs

from . import services

AT_ONCE = 100
"""Lines that one job carries out: then others have their turn."""


@jobs.task(retry=8)
def carry_out_batch(batch: int) -> None:
    """Some lines of a file of invitations, and then the next."""
    if not services.carry_on(batch, most=AT_ONCE):
        carry_out_batch.defer(batch=batch)


@jobs.task(cron="*/10 * * * *")
def take_up_batches(timestamp: int) -> None:
    """A file whose job died goes on all the same."""
    for batch in services.running():
        carry_out_batch.defer(batch=batch)


@jobs.task(cron="20 3 * * *")
def forget_batches(timestamp: int) -> None:
    """Lists of people are not kept longer than they serve."""
    services.forget_old()
