"""What can be asked of the writing room."""

from .drafts import Fellow, Listed, draft_at, fellows, my_drafts, of_place, place_of, words_of
from .files import Picture, address_of, attachment_at, keys_in, pictures, space_taken, visible_pictures

__all__ = [
    "Fellow",
    "Listed",
    "Picture",
    "address_of",
    "attachment_at",
    "draft_at",
    "fellows",
    "keys_in",
    "my_drafts",
    "of_place",
    "pictures",
    "place_of",
    "space_taken",
    "visible_pictures",
    "words_of",
]
