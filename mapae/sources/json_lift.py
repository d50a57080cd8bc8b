"""Records that wrap what they tell, as {"node": {…}} or {"seller": {"id": …}}: members of inner objects as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from mapae.sources.layouts import naming, signs

__all__ = ["lift", "member_column"]

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
    lifted = dict(row)
    for _ in range(_DEPTH):
        before, inner = lifted, [key for key, value in lifted.items() if type(value) is dict]
        if not inner:
            break
        lifted = _once(before, inner, known)
        if lifted.keys() == before.keys():
            break
    return lifted


def member_column(key: str, name: str, known: Callable[[str], bool]) -> str | None:
    """The column that a member of the object `key` becomes; None for no known one, or what the object is read as."""
    long = _long(key, name)
    return long if known(long) and not (name in _SPOKEN and known(key)) else None


def _once(row: dict[str, Any], inner: list[str], known: Callable[[str], bool]) -> dict[str, Any]:
    lifted = dict(row)
    named = any(_names(key) for key in row if key not in inner)
    for key in inner:
        wraps = _is_terms(key) or (not named and _is_wrapper(key))
        if wraps:
            del lifted[key]
        rest = {}
        for name, value in row[key].items():
            long = member_column(key, name, known)
            if wraps and name not in row and name not in lifted:
                lifted[name] = value
            elif long is not None and long not in row:
                lifted.setdefault(long, value)
            else:
                rest[name] = value
        if wraps and rest:
            lifted[f"{key}_rest"] = rest
    return lifted


@lru_cache(4096)
def _names(key: str) -> bool:
    return signs(key) in naming()


@lru_cache(4096)
def _is_wrapper(key: str) -> bool:
    return signs(key) in _WRAPPERS


@lru_cache(4096)
def _is_terms(key: str) -> bool:
    return signs(key) in _TERMS


@lru_cache(4096)
def _long(key: str, name: str) -> str:
    """The member's name with that of its object before it, once."""
    return name if signs(name).startswith(signs(key)) else f"{key}_{name}"
