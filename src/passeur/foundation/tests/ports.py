"""Ports for servers that tests start."""

import random
import socket

# Below those that systems give to whoever connects somewhere: what is free now is not taken meanwhile.
_OURS = range(20_000, 32_000)
_dice = random.SystemRandom()


def free_port() -> int:
    """One on which nothing listens on this machine."""
    while True:
        port = _dice.choice(_OURS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
