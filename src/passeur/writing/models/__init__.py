"""What the writing room keeps."""

from .drafts import Draft, Publication
from .files import Attachment, Blob, Use

__all__ = ["Attachment", "Blob", "Draft", "Publication", "Use"]
