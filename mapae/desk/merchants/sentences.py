"""What happened to a report or a right, as a sentence by language: story.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

__all__ = ["sentences"]


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Kind of event → sentence by language."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        Path(__file__).with_name("story.yaml").read_text("utf-8")
    )
    return found
