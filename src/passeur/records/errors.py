"""What the store refuses, in words for whoever runs the client; each carries its status of HTTP.

These answers go to programs and to their logs. xAPI's own words are English, and so are these.
"""

from __future__ import annotations

from passeur.foundation.errors import PasseurError


class Refusal(PasseurError):
    """A request that the store does not carry out; `str()` says why."""

    status = 400


class NotAllowed(Refusal):
    """The client's scopes do not reach that far."""

    status = 403


class Absent(Refusal):
    """There is no such thing."""

    status = 404


class Clash(Refusal):
    """It would contradict what is there."""

    status = 409


class Overtaken(Refusal):
    """A precondition (`If-Match`, `If-None-Match`) does not hold."""

    status = 412


class NoLongerSo(PasseurError):
    """What this process remembered of a client is not what the database has: it must be asked again."""


class Elsewhere(PasseurError):
    """Another store does not answer, or not as it should, for now."""


class TurnedAway(PasseurError):
    """Another store refuses what was sent, and would again."""
