"""Cells of exports that a spreadsheet would run as formulas, made safe."""

from __future__ import annotations

from typing import Any

__all__ = ["safe_cell"]

_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def safe_cell(value: Any) -> Any:
    """The value as it may stand in a CSV or XLSX export.

    A text that a spreadsheet would read as a formula (it begins with = + - @, their full-width forms, a tab or a line
    end, also behind spaces or quotes) gets an apostrophe in front (OWASP, CSV Injection). Numbers and all else stay.
    """
    if not isinstance(value, str):
        return value
    bare = value.lstrip(" \"'\ufeff\u00a0")
    if bare[:1] in _STARTS and bare and not _is_number(value):
        return "'" + value
    return value


def _is_number(text: str) -> bool:
    """Plain negative or signed numbers are no formulas."""
    sign, rest = text[:1], text[1:]
    return sign in "+-" and rest.isascii() and rest.replace(".", "", 1).isdigit()
