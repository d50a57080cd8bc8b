"""The lots of labelled cases: which of them hold a set, by what they gave at first sight (bench/first_sight.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

__all__ = ["first_sight", "lots"]


def first_sight() -> dict[str, Any]:
    """The figures by lot and set; those of the second lot of the screens, and of a set's own cases, by the set alone."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("first_sight.yaml").read_text("utf-8"))
    return found


def lots(first: Mapping[str, Any], name: str) -> list[str]:
    """Names of the lots with a set of that name, in the order of the file."""
    return [lot for lot, sets in first.items() if isinstance(sets, dict) and name in sets]
