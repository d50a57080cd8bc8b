"""Other spellings of brands (Korean, Chinese, short forms): from the pack's recall brands and the list of brands."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from mapae.contract import Context
from mapae.detect.recall_terms import key_of

__all__ = ["load_spellings"]


def load_spellings(context: Context) -> dict[str, tuple[str, ...]]:
    """Brand key → other spellings, over the pack's lexicon, the list of brands and names in common use."""
    found: dict[str, dict[str, None]] = {}
    groups: list[list[str]] = [
        [str(name) for name in row] for row in context.pack.data("lexicons/recall_brands.yaml")["brands"]
    ]
    groups += _common()
    for row in context.lists.table("brands").to_pylist():
        groups.append([row["owner"], *(row["names_ko"] or ()), *(row["names_zh"] or ())])
    for group in groups:
        for name in group:
            others = found.setdefault(key_of(name), {})
            others.update(dict.fromkeys(other for other in group if other != name))
    return {key: tuple(others) for key, others in found.items() if key}


@cache
def _common() -> list[list[str]]:
    text = resources.files("mapae.text.names").joinpath("data/aliases.yaml").read_text("utf-8")
    loaded: list[list[Any]] = yaml.load(text, yaml.BaseLoader)
    return [[str(name) for name in group] for group in loaded]
