"""Words of the desk: each app's words.yaml (English, Korean, Chinese) → the catalogues that Django's gettext reads."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from mapae.errors import PackError
from mapae.settings import cache_folder

__all__ = ["compiled_words", "read_words"]

_LOCALES = {"ko": "ko", "zh": "zh_Hans"}


def compiled_words(folder: Path) -> Path:
    """The locale folder with compiled catalogues of all words.yaml below `folder`; made when it is not there yet."""
    files = sorted(folder.rglob("words.yaml"))
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]
    target = cache_folder() / f"words-{digest}"
    if not (target / "done").exists():
        rows = read_words(folder, strict=False)
        for key, locale in _LOCALES.items():
            catalog = Catalog(locale=locale)
            for english, row in rows.items():
                if row.get(key):
                    catalog.add(english, row[key])
            place = target / locale / "LC_MESSAGES"
            place.mkdir(parents=True, exist_ok=True)
            draft = place / f"{os.getpid()}.draft"
            with draft.open("wb") as file:
                write_mo(file, catalog)
            draft.replace(place / "django.mo")  # whole, for another process that starts now
        (target / "done").touch()
    return target


def read_words(folder: Path, *, strict: bool = True) -> dict[str, dict[str, Any]]:
    """English → {ko, zh, file}. A word may stand in several files if it says the same.

    Where it does not: PackError, or without `strict` the first file counts, so that a page never breaks over a word.
    """
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.rglob("words.yaml")):
        for english, row in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
            said = {"ko": row} if isinstance(row, str) else dict(row)
            before = found.get(str(english))
            if (
                strict
                and before
                and any(before.get(key) and value and before[key] != value for key, value in said.items())
            ):
                raise PackError(
                    f"{english!r} is translated in two ways",
                    where=f"{path}, {before['file']}",
                    mend="give both the same words",
                )
            found[str(english)] = {**said, **(before or {"file": str(path)})}
    return found
