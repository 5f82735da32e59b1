"""Upkeep of the queue itself."""

from django.utils import timezone

from passeur.foundation import jobs
from passeur.foundation.models import Shared, Spent

app = jobs.app()


@app.periodic(cron="* * * * *")
@app.task(
    name="passeur.foundation.tasks.take_up_stalled",
    queue="upkeep",
    queueing_lock="take_up_stalled",
    pass_context=False,
)
async def take_up_stalled(timestamp: int) -> None:
    """Queue again what a worker that was killed had begun: jobs may run twice, none is lost."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@jobs.task(queue="upkeep", cron="41 3 * * *")
def forget_spent(timestamp: int) -> None:
    """What somebody did that has a limit counts for an hour at most: then it is forgotten."""
    Spent.objects.filter(ends__lt=timezone.now()).delete()
    Shared.objects.filter(ends__lt=timezone.now()).delete()
