"""The settings of the product, with the addresses of the floors beside its own.

What a person may do in a while is counted as in the product, at its price, and nobody is stopped: `wrk` asks
more often than a person may.
"""

from passeur.foundation import limits
from passeur.project.settings import *  # noqa: F403

ROOT_URLCONF = "pages_urls"
MIDDLEWARE = ["floors.Bare", *MIDDLEWARE]  # noqa: F405

_spend = limits.spend


def _counted(limit: limits.Limit, member: int) -> int:
    _spend(limit, member)
    return 0


limits.spend = _counted
