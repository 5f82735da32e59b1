"""Upkeep of the queue itself."""

from passeur.foundation import jobs

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
