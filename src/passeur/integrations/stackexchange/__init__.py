"""Stack Exchange: reads the public data dump of a site."""

from .archive import StackExchangeDump

__all__ = ["StackExchangeDump"]
