"""What the administration does when something happens."""

from passeur.foundation.events import subscribe

from . import tasks
from .events import BatchLaunched


@subscribe(BatchLaunched)
def carry_the_batch_out(event: BatchLaunched) -> None:
    tasks.carry_out_batch.defer(batch=event.batch)
