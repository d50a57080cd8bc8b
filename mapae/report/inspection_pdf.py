"""The printed inspection sheet, where Typst and its fonts are installed (extra `desk`); one sheet, one sequence of bytes."""

from __future__ import annotations

import importlib
import importlib.util
import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mapae.errors import InputError

__all__ = ["can_print", "printed"]

_NEEDED = ("typst", "pylopdf_fonts_ko", "pylopdf_fonts_zh_cn")
_DRAWN_ON = datetime(2000, 1, 1, tzinfo=UTC)
_TEMPLATE = Path(__file__).with_name("inspection.typ")


def can_print() -> bool:
    """Whether what draws PDF is installed."""
    return all(importlib.util.find_spec(name) for name in _NEEDED)


def printed(data: Mapping[str, Any]) -> bytes:
    """The PDF of a sheet's data; text goes in as data, never as markup. InputError where it cannot be drawn."""
    typst, korean, chinese = (importlib.import_module(name) for name in _NEEDED)
    fonts = [Path(path).parent for path in (korean.sans_path(), chinese.serif_path())]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "inspection.typ")
        page.write_bytes(_TEMPLATE.read_bytes())
        try:
            made = typst.compile(
                page, root=folder, font_paths=fonts, ignore_system_fonts=True, format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=_DRAWN_ON,
            )  # fmt: skip
        except typst.TypstError as error:
            raise InputError(
                f"the sheet cannot be drawn: {error.message}", where="PDF", mend="use the HTML sheet"
            ) from error
    return bytes(made)
