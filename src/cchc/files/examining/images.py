"""Images are made anew from their pixels: what else lay in the file (previews, appended matter) is gone. Where it was
taken stays only where that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

import pi_heif
from PIL import Image, ImageOps

from cchc.files.examining.positions import position_alone, written_position
from cchc.files.limits import UploadLimits
from cchc.records.errors import unreadable

_FORMATS: Final = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
_QUALITY: Final = 88
_PLAIN: Final = ("1", "L", "RGB", "RGBA")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is kept: `jpeg`, or `png` where it was one or has transparent parts. `position`: what became of
    the place that the file told, `kept` or `removed`; `none` where it told none.
    """

    kind: str
    content: bytes
    position: str


def remade(source: IO[bytes], kind: str, limits: UploadLimits, *, keeps_position: bool) -> Picture:
    """The image upright, no longer than `image_side`, without any metadata but where it was taken, if that is kept.

    Raises `Unreadable` with `files.too_many_pixels` or `files.moving_image`; what is damaged raises as Pillow does.
    """
    image = _open(source, kind)
    if image.width * image.height > limits.image_megapixels * 1_000_000:
        raise unreadable("files.too_many_pixels", limit=limits.image_megapixels)
    if kind in {"png", "webp"} and getattr(image, "n_frames", 1) > 1:
        raise unreadable("files.moving_image")
    written = written_position(image)
    position = position_alone(written) if keeps_position else None
    longest = max(image.size)
    if longest > limits.image_side:
        # A JPEG is decoded at a fraction of its size; others ignore it.
        width, height = (edge * limits.image_side // longest for edge in image.size)
        image.draft("RGB", (width, height))
    image = _plain(image)
    image.thumbnail((limits.image_side, limits.image_side), reducing_gap=2.0)
    kept = "png" if kind == "png" or image.mode == "RGBA" else "jpeg"
    became = "kept" if position is not None else "removed" if written else "none"
    return Picture(kept, _encoded(ImageOps.exif_transpose(image), kept, position), became)


def _open(source: IO[bytes], kind: str) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # counted by our own limit
    if kind == "heic":
        pi_heif.options.DECODE_THREADS = 1
        pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
        pi_heif.register_heif_opener()
    return Image.open(source, formats=[_FORMATS[kind]])


def _plain(image: Image.Image) -> Image.Image:
    """In one of few modes, with the direction it is to be turned to."""
    if image.mode in _PLAIN:
        image.load()
        return image
    has_transparency = "transparency" in image.info or image.mode in {"LA", "PA", "RGBa", "La"}
    return image.convert("RGBA" if has_transparency else "RGB")


def _encoded(image: Image.Image, kind: str, position: Image.Exif | None) -> bytes:
    target = BytesIO()
    bare = Image.new(image.mode, image.size)  # nothing of what came along in `info` is written
    bare.paste(image)
    more = {} if position is None else {"exif": position.tobytes()}
    if kind == "png":
        bare.save(target, "PNG", **more)
    else:
        bare.save(target, "JPEG", quality=_QUALITY, **more)
    return target.getvalue()
