"""What people do in conversations, by use case."""

from .answering import accept_answer, comment, contribute, withdraw_acceptance
from .attention import end_spotlight, follow, link, mark_read, react, spotlight, unfollow, unlink
from .closing import close, reopen
from .concerning import catch_up
from .editing import delete, edit, restore, set_themes
from .starting import start_conversation
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
    "set_themes",
    "spotlight",
    "start_conversation",
    "unfollow",
    "unlink",
    "withdraw_acceptance",
]
