"""What the records room keeps."""

from .clients import Client
from .documents import Document
from .people import Agent
from .statements import Activity, Attachment, Echo, Statement, StatementId

__all__ = ["Activity", "Agent", "Attachment", "Client", "Document", "Echo", "Statement", "StatementId"]
