"""QR codes as pictures."""

from __future__ import annotations

from io import BytesIO

import segno


def code_svg(content: str) -> str:
    """Sharp at every size, and as large as the place that it is given."""
    target = BytesIO()
    _code(content).save(target, kind="svg", xmldecl=False, border=4, omitsize=True)
    return target.getvalue().decode()


def code_png(content: str) -> bytes:
    """For formats that take no drawing: ten pixels a module."""
    target = BytesIO()
    _code(content).save(target, kind="png", scale=10, border=4)
    return target.getvalue()


def _code(content: str) -> segno.QRCode:
    return segno.make_qr(content, error="m")
