"""What the records room keeps."""

from .clients import Client
from .consulting import StatementsRead
from .courses import Course, CourseReading, CourseSilence, CourseTie, Learning
from .derivation import Derivation
from .documents import Document
from .forwarding import Forward, Reading, Undelivered, Withdrawal
from .people import Agent, AgentReference
from .statements import Activity, Attachment, Echo, Statement, StatementId

__all__ = [
    "Activity",
    "Agent",
    "AgentReference",
    "Attachment",
    "Client",
    "Course",
    "CourseReading",
    "CourseSilence",
    "CourseTie",
    "Derivation",
    "Document",
    "Echo",
    "Forward",
    "Learning",
    "Reading",
    "Statement",
    "StatementId",
    "StatementsRead",
    "Undelivered",
    "Withdrawal",
]
