"""What the desk does when something happens: it judges again the subjects that this touched."""

from __future__ import annotations

from collections.abc import Callable

from passeur.conversations.events import ConversationsImported
from passeur.foundation.events import Event, subscribe

from . import services
from .cues import Subject, touches
from .cues.subjects import Touch

MANY = 100
"""Conversations in one announcement above which the community is filled again, once for all of them."""


def _judging(event: type[Event], touching: tuple[Touch, ...]) -> Callable[[Event], None]:
    """The subscriber of that event; each has a name of its own, by which its jobs find it."""

    def judge(happened: Event) -> None:
        if isinstance(happened, ConversationsImported) and len(happened.conversations) > MANY:
            services.fill_again(happened.community)
            return
        touched: set[Subject] = {subject for touch in touching for subject in touch(happened)}
        services.judge(touched)

    judge.__name__ = judge.__qualname__ = f"judge_after_{event.__module__.split('.')[1]}_{event.__name__}"
    return judge


for _event, _touching in touches().items():
    subscribe(_event)(_judging(_event, _touching))
