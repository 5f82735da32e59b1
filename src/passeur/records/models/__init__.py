"""What the records room keeps."""

from .clients import Client
from .derivation import Derivation
from .documents import Document
from .people import Agent
from .statements import Activity, Attachment, Echo, Statement, StatementId

__all__ = [
    "Activity",
    "Agent",
    "Attachment",
    "Client",
    "Derivation",
    "Document",
    "Echo",
    "Statement",
    "StatementId",
]
