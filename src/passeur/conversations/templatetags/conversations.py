"""Template filters of conversations."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from ..queries import threads
from ..queries.threads import ReactionCount

register = template.Library()


@register.filter
def tally(reactions: Iterable[ReactionCount]) -> str:
    """What a page shows of the reactions under a text, in a word."""
    return threads.tally(reactions)


@register.filter
def at(notes: dict[int, SafeString], key: int) -> SafeString:
    """The note about one key, or nothing."""
    return notes.get(key, SafeString(""))
