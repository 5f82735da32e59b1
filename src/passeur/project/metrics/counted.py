"""What the processes of this machine counted, added up.

`passeur serve` gives them a folder, where each keeps its numbers in files that outlive it; elsewhere a
process only knows its own.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import cast

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from passeur.foundation import metrics
from passeur.project.metrics.state import Health

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""How Prometheus' client learns of the folder, before it is imported."""
SMALL_GROUP = 5  # people


def prepare(data_dir: Path) -> Path:
    """An empty folder for the processes that begin now."""
    folder = data_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def text() -> bytes:
    """All figures, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Counted())
    registry.register(Health())
    return generate_latest(registry)


class _Counted(Collector):
    """The counters of all processes, or of this one. How many people are here is not told of so few."""

    def collect(self) -> Iterable[Metric]:
        for family in self._all():
            if family.name == metrics.OPEN_STREAMS:
                family.samples = [
                    sample if sample.value >= SMALL_GROUP else sample._replace(value=0.0)
                    for sample in family.samples
                ]
            yield family

    def _all(self) -> Iterable[Metric]:
        if folder := os.environ.get(FOLDER):
            _forget_the_dead(Path(folder))
            together = MultiProcessCollector(None, folder)  # type: ignore[no-untyped-call]
            return cast("Iterable[Metric]", together.collect())  # type: ignore[no-untyped-call]
        return metrics.REGISTRY.collect()


def _forget_the_dead(folder: Path) -> None:
    """What a process that is gone had open is not open any more; what it counted stays counted."""
    for path in folder.glob("gauge_live*_*.db"):
        number = path.stem.rpartition("_")[2]
        if number.isdecimal() and not _lives(int(number)):
            with suppress(OSError):
                path.unlink()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
