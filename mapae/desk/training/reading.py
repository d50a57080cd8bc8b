"""Reads the invented world and month from story/*.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["story"]


@cache
def story(name: str) -> dict[str, Any]:
    """The tree of story/NAME.yaml; nobody changes it."""
    found: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "story" / f"{name}.yaml").read_text("utf-8")
    )
    return found
