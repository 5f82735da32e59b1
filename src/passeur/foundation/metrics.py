"""What each process counts for itself, in Prometheus' types; `project.metrics` adds it up and hands it out.

Nothing here is about a person: labels are methods, names of routes and statuses.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a counter began: twice the lines, and nobody asks

REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "passeur_requests",
    "Requests answered, by method, name of the route and status.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
SECONDS = Histogram(
    "passeur_request_seconds",
    "Time to answer a request, by name of the route.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
JOBS = Counter(
    "passeur_jobs_done",
    "Background jobs that ran, by queue and outcome (done, failed).",
    ["queue", "outcome"],
    registry=REGISTRY,
)
OPEN_STREAMS = "passeur_live_streams_open"
STREAMS = Gauge(
    OPEN_STREAMS,
    "Streams of live updates that are open.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
