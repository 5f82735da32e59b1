"""What rooms above give this one: kinds of things to tell, and parts of a digest."""

from .digests import DigestEntry, DigestSection, digest_sections, offer
from .kinds import Kind, Line, Move, Told, kind_of, kinds, register

__all__ = [
    "DigestEntry",
    "DigestSection",
    "Kind",
    "Line",
    "Move",
    "Told",
    "digest_sections",
    "kind_of",
    "kinds",
    "offer",
    "register",
]
