"""What a member does with their feed, and what is worked out for it ahead."""

from .gestures import (
    back_to_before,
    been_round,
    choose_themes,
    less_of,
    no_longer_less_of,
    pass_over,
    settle,
    take_back,
    use_inferences,
)
from .suggesting import forget_old, suggest, suggest_again, suggest_everywhere

__all__ = [
    "back_to_before",
    "been_round",
    "choose_themes",
    "forget_old",
    "less_of",
    "no_longer_less_of",
    "pass_over",
    "settle",
    "suggest",
    "suggest_again",
    "suggest_everywhere",
    "take_back",
    "use_inferences",
]
