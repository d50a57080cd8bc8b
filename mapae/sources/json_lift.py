"""Records that wrap what they tell, as {"node": {…}} or {"seller": {"id": …}}: members of inner objects as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mapae.sources.layouts import naming, signs

__all__ = ["lift"]

# names of the object that is the record itself, where the record has no name beside it
_WRAPPERS = frozenset(
    "item product goods node source attributes fields listing data record document properties productinfo iteminfo "
    "goodsinfo productdata itemdata basicinfo ad advert post".split()
)
_TERMS = frozenset(
    "offer offers pricing priceinfo".split()
)  # objects of what it costs, whatever else stands beside them
_SPOKEN = ("name", "url")  # what an object is read as already, where it fills a column as a whole
_DEPTH = 3


def lift(row: Mapping[str, Any], known: Callable[[str], bool]) -> dict[str, Any]:
    """The record with members of its inner objects beside its own: `seller: {id}` as seller_id where that is a known name.

    A wrapper's members stand in its place under their own names; other objects stay as they were, too.
    """
    for _ in range(_DEPTH):
        fresh = _once(row, known)
        if fresh == row:
            break
        row = fresh
    return dict(row)


def _once(row: Mapping[str, Any], known: Callable[[str], bool]) -> dict[str, Any]:
    named = any(signs(key) in naming() for key, value in row.items() if not isinstance(value, dict))
    lifted: dict[str, Any] = {}
    for key, value in row.items():
        if not isinstance(value, dict):
            lifted[key] = value
            continue
        wraps = signs(key) in _TERMS or (not named and signs(key) in _WRAPPERS)
        rest = {}
        for name, inner in value.items():
            long = name if signs(name).startswith(signs(key)) else f"{key}_{name}"
            if wraps and name not in row and name not in lifted:
                lifted[name] = inner
            elif known(long) and long not in row and not (name in _SPOKEN and known(key)):
                lifted.setdefault(long, inner)
            else:
                rest[name] = inner
        if not wraps:
            lifted[key] = value
        elif rest:
            lifted[f"{key}_rest"] = rest
    return lifted
