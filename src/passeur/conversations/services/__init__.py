"""What people do in conversations, by use case."""

from .answering import accept_answer, comment, contribute, withdraw_acceptance
from .attention import end_spotlight, follow, link, mark_read, react, spotlight, unfollow, unlink
from .closing import close, reopen
from .concerning import catch_up
from .editing import delete, edit, restore, set_themes
from .starting import start_conversation
from .verifying import say_it_holds, say_it_no_longer_holds, take_verification_back
from .writing import preview

__all__ = [
    "accept_answer",
    "catch_up",
    "close",
    "comment",
    "contribute",
    "delete",
    "edit",
    "end_spotlight",
    "follow",
    "link",
    "mark_read",
    "preview",
    "react",
    "reopen",
    "restore",
    "say_it_holds",
    "say_it_no_longer_holds",
    "set_themes",
    "spotlight",
    "start_conversation",
    "take_verification_back",
    "unfollow",
    "unlink",
    "withdraw_acceptance",
]
