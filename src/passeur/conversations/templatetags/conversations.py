"""Template filters of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from passeur.foundation import pure

from ..queries.reactions import tally
from ..queries.rows import Row, row_of

if TYPE_CHECKING:
    from ..models import Conversation

register = template.Library()


@register.simple_tag
def conversation_row(conversation: Conversation | Row, show_community: bool = False) -> SafeString:
    """A conversation of `queries.lists.listed`, with its community where several are mixed; or its line."""
    if not isinstance(conversation, Row):
        conversation = row_of(conversation, show_community=show_community)
    return pure.drawn("conversations/_row.html", conversation=conversation)


register.filter(tally)
