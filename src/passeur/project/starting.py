"""What starting Django needs: much is imported, and none of it is garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Meanwhile nothing looks for cycles to free: going through all modules was a tenth of the start.

    What is there then stays, and is not gone through again: that took 90 ms of somebody's page.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
