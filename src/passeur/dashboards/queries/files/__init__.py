"""A board as a file: lines for CSV, a workbook, a tagged PDF. All of them say the same."""

from .printing import pdf
from .sheets import lines, workbook
from .telling import Told, told

__all__ = ["Told", "lines", "pdf", "told", "workbook"]
