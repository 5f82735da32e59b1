"""The event bus: one job row per subscriber, written in the publisher's transaction.

A rolled-back transaction leaves no job; a job may run twice, so subscribers are idempotent.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from passeur.foundation import jobs


@dataclass(frozen=True, slots=True)
class Event:
    """A fact that happened. Fields are JSON values only: ids, words, ISO dates, lists of them."""

    registry: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls) -> None:
        # `slots=True` makes the class twice; the later one, which is the real one, wins.
        Event.registry[f"{cls.__module__}.{cls.__name__}"] = cls

    @classmethod
    def name(cls) -> str:
        return f"{cls.__module__}.{cls.__name__}"


E = TypeVar("E", bound=Event)
Subscriber = Callable[[Any], None]

_subscribers: dict[str, list[str]] = defaultdict(list)
_functions: dict[str, Subscriber] = {}


def subscribe(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a function to receive each `event`, in a job of its own."""

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        path = f"{function.__module__}.{function.__qualname__}"
        if path not in _functions:
            _subscribers[event.name()].append(path)
        _functions[path] = function
        return function

    return register


def publish(event: Event) -> None:
    """Queue `event` for each of its subscribers. Call it inside the transaction that made it true."""
    for words in _words(event):
        deliver.defer(**words)


def publish_all(events: Iterable[Event]) -> None:
    """The same of many at once, in their order: one way to the database, however many they are."""
    deliver.defer_all(words for event in events for words in _words(event))


def _words(event: Event) -> list[dict[str, Any]]:
    """What `deliver` is to be called with, once for each subscriber."""
    carried = {field.name: getattr(event, field.name) for field in fields(event)}
    name = event.name()
    return [{"subscriber": one, "event": name, "fields": carried} for one in _subscribers[name]]


@jobs.task(queue="events", retry=5)
def deliver(subscriber: str, event: str, fields: dict[str, Any]) -> None:
    """Hand one event to one subscriber."""
    _functions[subscriber](Event.registry[event](**fields))
