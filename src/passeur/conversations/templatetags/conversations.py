"""Template filters of conversations."""

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def at(notes: dict[int, SafeString], key: int) -> SafeString:
    """The note about one key, or nothing."""
    return notes.get(key, SafeString(""))
