"""Images drawn anew: what comes out is pixels and nothing else, the right way up, of a size for a page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

MOST_PIXELS = 25_000_000  # of a still image, or of all frames of a moving one together
MOST_OF_A_PHOTO = 50_000_000  # JPEG alone is decoded at a part of its size, without holding the whole
MOST_FRAMES = 300
LONGEST_SIDE = 2400  # pixels; a still image beyond is made smaller: twice the width of a text on any screen

FORMATS = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}

# How many a telephone writes a JPEG: the photo, then its depths, its brightness or a preview, which go.
_PHOTO_AND_MORE = "MPO"


class CannotDraw(Exception):
    """It is not an image that can be decoded to its end."""


class TooBig(Exception):
    """More pixels than are drawn here, `most` of its kind; nothing was decoded."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean image; sizes in pixels."""

    content: bytes
    content_type: str
    extension: str
    width: int
    height: int


def redraw(source: IO[bytes]) -> Picture:
    """Decode an image and encode its pixels again, and nothing else: no EXIF, GPS, XMP, comment or profile.

    Its orientation is applied, its colours are brought to sRGB. Sizes are read before a pixel is decoded.
    """
    source.seek(0)
    try:
        with Image.open(source, formats=tuple(FORMATS)) as image:
            frames = getattr(image, "n_frames", 1)
            kind = image.format or ""
            if kind == _PHOTO_AND_MORE:
                kind, frames = "JPEG", 1
            most = MOST_OF_A_PHOTO if kind == "JPEG" else MOST_PIXELS
            if frames > MOST_FRAMES or image.width * image.height * frames > most:
                raise TooBig(most)
            content, size = _moving(image, kind) if frames > 1 else _still(image, kind)
    except Image.DecompressionBombError as error:
        raise TooBig(MOST_OF_A_PHOTO) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError) as error:
        raise CannotDraw from error
    return Picture(content, *FORMATS[kind], *size)


def _still(image: Image.Image, kind: str) -> tuple[bytes, tuple[int, int]]:
    if kind == "JPEG" and image.mode in {"L", "RGB"}:
        image.draft(image.mode, (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    drawn = _in_srgb(ImageOps.exif_transpose(image))
    if max(drawn.size) > LONGEST_SIDE:
        if drawn.mode in {"P", "1"}:
            drawn = drawn.convert("RGBA" if "transparency" in drawn.info else "RGB")
        drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if kind == "JPEG" and drawn.mode not in {"L", "RGB"}:
        drawn = drawn.convert("RGB")
    if kind == "GIF" and drawn.mode not in {"L", "P"}:
        drawn = drawn.quantize(method=Image.Quantize.FASTOCTREE)
    return _encoded(_pixels_only(drawn), kind), drawn.size


def _moving(image: Image.Image, kind: str) -> tuple[bytes, tuple[int, int]]:
    loop = image.info.get("loop", 0)
    drawn, durations = [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration", 100)) or 100)
        drawn.append(_pixels_only(frame.convert("RGBA")))
    first, *others = drawn
    more: dict[str, Any] = {"save_all": True, "append_images": others, "duration": durations, "loop": loop}
    if kind == "GIF":
        more["disposal"] = 2
    return _encoded(first, kind, **more), first.size


def _pixels_only(image: Image.Image) -> Image.Image:
    """The image without what its file said besides: Pillow writes some of that back by itself."""
    transparency = image.info.get("transparency")
    clean = image.copy()
    clean.info = {} if transparency is None else {"transparency": transparency}
    return clean


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as every screen shows them without the profile, which goes."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return image
    try:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(
            image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile nobody can read: its colours are taken as they are
    return made or image


def _encoded(image: Image.Image, kind: str, **more: Any) -> bytes:
    options: dict[str, dict[str, Any]] = {
        "PNG": {"optimize": True},
        "JPEG": {"quality": 88, "optimize": True, "progressive": True},
        "WEBP": {"quality": 88, "method": 4},
    }
    made = io.BytesIO()
    image.save(made, format=kind, **options.get(kind, {}), **more)
    return made.getvalue()
