"""Experience API (xAPI 1.0.3 and 2.0, IEEE 9274.1.1): statements read, checked, compared.

Nothing here knows of a database or of HTTP. What is wrong raises `Invalid`, whose words say where and why.
"""

from .errors import Invalid, TooLarge

__all__ = ["Invalid", "TooLarge"]
