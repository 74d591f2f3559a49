"""Where a photo was taken, as its camera wrote it: read, and put together anew so that nothing else comes along."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from PIL import Image
from PIL.ExifTags import GPS, IFD
from PIL.TiffImagePlugin import IFDRational

_MOST: Final = {GPS.GPSLatitude: 90, GPS.GPSLongitude: 180}
_SIDES: Final = {GPS.GPSLatitude: (GPS.GPSLatitudeRef, "NS"), GPS.GPSLongitude: (GPS.GPSLongitudeRef, "EW")}
_HIGHEST: Final = 100_000  # metres
_LARGEST: Final = 2**32  # of numerator and denominator in a file


def written_position(image: Image.Image) -> Mapping[int, Any]:
    """All that the file says of the place; empty where it says nothing, or nothing that can be read."""
    try:
        return dict(image.getexif().get_ifd(IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - hostile bytes: whatever the library raises means that nothing can be read
        return {}


def position_alone(written: Mapping[int, Any]) -> Image.Exif | None:
    """Latitude and longitude, with the altitude where there is one; None where these make no place on earth."""
    try:
        kept = {**_angle(written, GPS.GPSLatitude), **_angle(written, GPS.GPSLongitude), **_altitude(written)}
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    exif = Image.Exif()
    exif.get_ifd(IFD.GPSInfo).update(kept)
    return exif


def _angle(written: Mapping[int, Any], tag: int) -> dict[int, Any]:
    side, sides = _SIDES[GPS(tag)]
    degrees, minutes, seconds = (_exact(part) for part in written[tag])
    named = str(written[side]).strip("\0 ")
    is_known = len(named) == 1 and named in sides and minutes < 60 and seconds < 60
    if not is_known or degrees + minutes / 60 + seconds / 3600 > _MOST[GPS(tag)]:
        raise ValueError
    return {side: named, tag: tuple(_rational(part) for part in (degrees, minutes, seconds))}


def _altitude(written: Mapping[int, Any]) -> dict[int, Any]:
    """Above the sea, or under it; left out where it makes no sense."""
    if GPS.GPSAltitude not in written:
        return {}
    height = _exact(written[GPS.GPSAltitude])
    is_under = written.get(GPS.GPSAltitudeRef) in {1, b"\x01"}
    return {GPS.GPSAltitudeRef: bytes([is_under]), GPS.GPSAltitude: _rational(height)} if height < _HIGHEST else {}


def _exact(part: Any) -> Fraction:
    exact = Fraction(int(part.numerator), int(part.denominator))
    if not 0 <= exact < _LARGEST or exact.denominator >= _LARGEST or exact.numerator >= _LARGEST:
        raise ValueError
    return exact


def _rational(exact: Fraction) -> IFDRational:
    return IFDRational(exact.numerator, exact.denominator)
