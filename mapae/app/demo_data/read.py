"""Reads the words of the sample, and keeps them apart by what they are for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["LANGUAGES", "hard", "words"]

LANGUAGES = ("ko", "en", "zh")
_HERE = Path(__file__).parent
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def words(name: str) -> Any:
    """What stands in words/NAME.yaml: goods, people, ordinary."""
    return _read(f"words/{name}.yaml")


def hard(name: str) -> Any:
    """What stands in hard/NAME.yaml: cases written by hand, and what is planted."""
    return _read(f"hard/{name}.yaml")


@cache
def _read(name: str) -> Any:
    return yaml.load((_HERE / name).read_text("utf-8"), Loader=_Loader)  # a safe loader
