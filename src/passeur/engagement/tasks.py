"""Keeping roll-ups up to date."""

from passeur.foundation import jobs

from .services import blocks, deciding, networks, responding, rolling, settling, weeks


@jobs.task(queue="upkeep", lock="engagement-rolling", cron="*/5 * * * *")
def roll(timestamp: int) -> None:
    """Make the days of exchanges that came in bulk; read the store to its end, and make what it touched.

    Blocks of four weeks that are over are then written down, and how exchanges are told.
    """
    weeks.make_missing()
    responding.mark_old()
    responding.mark_without_teams()
    responding.mark_bare()
    responding.remake_marked()
    rolling.advance_all()
    settling.settle()
    deciding.decide()
    if networks.is_missing():
        networks.remember()
    if blocks.is_missing():
        blocks.remember()


@jobs.task(queue="upkeep", lock="engagement-networks", cron="7 * * * *")
def tie(timestamp: int) -> None:
    """Who was tied to whom when a block of four weeks ended, who replied in it, who reached what: as counts.

    Once for each block.
    """
    networks.remember()
    blocks.remember()
