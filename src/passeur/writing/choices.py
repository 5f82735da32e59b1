"""Figures of the writing room, each said on its pages."""

import datetime as dt

DRAFT_KEPT = dt.timedelta(days=90)
DRAFT_NOTICE = dt.timedelta(days=14)
"""A draft goes so long after its last saving; so long before, its writer is told."""

READING_ORDER = ("title", "situation", "did", "gave", "again", "body")
"""The order in which the fields of a draft read as one text: PostgreSQL does not keep that of the form."""

LONGEST_DRAFT = 200_000  # characters, all fields together
MOST_FIELDS, MOST_VALUES = 30, 20

FELLOW_FOR = dt.timedelta(hours=24)
"""A draft of an edit counts as open for so long after its last saving."""

LOOSE_FOR = dt.timedelta(days=2)
"""A file that no text shows is kept so long, and as long as a draft of its owner speaks of it."""

PUBLICATION_KEPT = dt.timedelta(days=7)
