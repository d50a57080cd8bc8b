"""Draws the helpline's papers as PDF by Typst, with fonts of the three languages; text goes in as data, not as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pylopdf_fonts_ko
import pylopdf_fonts_zh_cn
import typst
from django.utils import timezone

from mapae.errors import InputError

__all__ = ["drawn"]

_FONTS = [Path(path).parent for path in (pylopdf_fonts_ko.serif_path(), pylopdf_fonts_zh_cn.serif_path())]
_DRAWN_ON = datetime(2000, 1, 1, tzinfo=timezone.get_fixed_timezone(0))  # the same paper is the same file


def drawn(template: Path, data: Mapping[str, Any]) -> bytes:
    """The template with `data` in sys.inputs.data as JSON; InputError where it cannot be drawn."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / template.name
        place.write_bytes(template.read_bytes())
        try:
            made = typst.compile(
                place, root=folder, font_paths=_FONTS, ignore_system_fonts=True, format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=_DRAWN_ON,
            )  # fmt: skip
        except typst.TypstError as error:
            raise InputError(f"the paper cannot be drawn: {error.message}", where=template.name) from error
    return bytes(made)
