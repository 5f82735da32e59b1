"""Names of icons: Python that draws one says `Icon("sprout")`, so that the sprite can be complete."""

from typing import NewType

Icon = NewType("Icon", str)
"""A name in Lucide; `make frontend` draws each name it finds in the sprite."""
