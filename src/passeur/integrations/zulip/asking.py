"""Whether the first message of a topic asks something: the rule, in French and English.

It asks when, code, quotations and link previews left out, one of its sentences ends with a question mark, or
it, or the topic's name, opens as a question does, or says that its author looks for help. A hundred topics
drawn by lot and read by hand: see docs/reference/imports.md.
"""

from __future__ import annotations

import re

_QUESTION_MARK = re.compile(r"\?(?=[\s)\"'»”’!]|$)")

_OPENING = re.compile(
    r"""(?:^\W*|[.!]\s+)(?:(?:hi|hey|hello|bonjour|salut)\b[^.!?]{0,40}[,.!:]?\s+)?(?:
      (?:how|why|what|which|where|when|who|whose)\b(?!\s+(?:i|we)\b)
    | (?:is|are|was|were|do|does|did|can|could|should|would|will|has|have)\s+
        (?:there|it|this|that|the|a|an|any(?:one|body)?|some(?:one|body)|i|we|you|wasm|wasi)\b
    | any(?:one|body)?\s+(?:know|have|has|idea|ideas|here|else|news|plans?|update|tips?)\b
    | comment\b|pourquoi\b|combien\b|où\b|quand\b|est-ce\s+qu|qu[’']est-ce|quels?\b|quelles?\b
    | qui\s+(?:peut|sait|a)\b
    | (?:quelqu[’']un|peut-on|pouvez-vous|y\s+a-t-il|existe-t-il|faut-il|dois-je|avez-vous|sait-on)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_LOOKING = re.compile(
    r"""\b(?:
      (?:i\s*[’']?\s*a?m|i\s+was|we\s*[’']?\s*a?re)\s+(?:just\s+)?
        (?:wondering|curious|trying\s+to\s+(?:figure|understand)|struggling|stuck|confused
        |looking\s+for|unsure|not\s+sure)
    | (?:can|could)\s+(?:some|any)(?:one|body)
    | (?:any|some|need|needs|appreciate\s+(?:any|some))\s+(?:help|pointers?|guidance|advice)
    | (?:does|do|has|have|would|is)\s+any(?:one|body)
    | if\s+any(?:one|body)\s+(?:knows|has|had|can|could|here|else|could)
    | (?:wanted|want|like)\s+to\s+ask
    | let\s+me\s+know\s+(?:if|what|how|whether)
    | je\s+(?:me\s+demande|cherche|n[’']arrive\s+pas|ne\s+(?:sais|comprends|trouve)\s+pas)
    | besoin\s+d[’']aide|une\s+idée
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def asks(title: str, text: str) -> bool:
    """Whether a topic of that name, whose first message has these words, asks something."""
    return bool(
        _QUESTION_MARK.search(text)
        or _QUESTION_MARK.search(title)
        or _OPENING.search(text)
        or _OPENING.search(title)
        or _LOOKING.search(text)
    )
