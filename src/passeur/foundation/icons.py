"""Names of icons: whatever draws an icon from Python says `Icon("sprout")`, so that the sprite is complete."""

from typing import NewType

Icon = NewType("Icon", str)
"""A name in Lucide; `make frontend` draws each name it finds in the sprite."""
