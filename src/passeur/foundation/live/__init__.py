"""Live updates: a service announces that something changed, and the pages open on it learn of it at once.

An announcement is a topic and ids, never text: what changed is asked by the page through an ordinary view,
which asks its policy. `announce` speaks inside the caller's transaction; a room says in its `slots.py` who
may listen to its topics (`topic`). Streams are served by `endpoint`, beside the pages.
"""

from .announcing import announce, announce_each, rights_changed
from .hub import hub
from .middleware import Position
from .topics import Topic, can_listen, topic

__all__ = ["Position", "Topic", "announce", "announce_each", "can_listen", "hub", "rights_changed", "topic"]
