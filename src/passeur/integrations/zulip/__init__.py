"""Zulip: reads the JSON of a public archive, as the `zulip-archive` tool writes it."""

from .archive import ZulipArchive

__all__ = ["ZulipArchive"]
