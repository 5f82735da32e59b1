"""What the writing room does."""

from .collecting import collect_bytes, collect_drafts, collect_files
from .drafts import discard_draft, fields_of, publish_once, save_draft, swap_draft, was_published
from .erasing import erase_writer
from .files import Brought, hang, store
from .interrupted import give_back, keep_through_sign_in, save_interrupted, way_back
from .joining import Refusals, markdown_of, store_sent, take_in
from .sheets import Sheet, open_sheet
from .tokens import Token, device_key, device_owner, new_token, read_token

__all__ = [
    "Brought",
    "Refusals",
    "Sheet",
    "Token",
    "collect_bytes",
    "collect_drafts",
    "collect_files",
    "device_key",
    "device_owner",
    "discard_draft",
    "erase_writer",
    "fields_of",
    "give_back",
    "hang",
    "keep_through_sign_in",
    "markdown_of",
    "new_token",
    "open_sheet",
    "publish_once",
    "read_token",
    "save_draft",
    "save_interrupted",
    "store",
    "store_sent",
    "swap_draft",
    "take_in",
    "was_published",
    "way_back",
]
