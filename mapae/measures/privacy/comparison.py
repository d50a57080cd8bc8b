"""Two versions of a policy compared item by item: unchanged, changed in form, or changed in what is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapae.measures.privacy.agent import sentences_on_agent
from mapae.measures.privacy.check import Policy, cut, read_policy
from mapae.measures.privacy.reading import Topic
from mapae.measures.privacy.segments import Segment
from mapae.measures.privacy.sentences import Change, compare_sentences
from mapae.measures.privacy.transfer import CROSS_BORDER, sentences_on_transfer

__all__ = ["Comparison", "ItemChange", "compare"]

_BORDER = "cross_border:"
_LINK = re.compile(r"\[(?:(?!\n\s*\n)[^\[\]]){1,300}\]\((?:(?!\n\s*\n)[^()]){1,2000}\)")


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item (P1–P15, cross_border:…): change is none, cosmetic or substantive; statuses; the differences that touch it."""

    key: str
    change: str
    old_status: str
    new_status: str
    differences: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """The whole: none, cosmetic or substantive; the items in order; all differences, also those on no item."""

    change: str
    items: tuple[ItemChange, ...]
    differences: tuple[Change, ...]


def compare(old: str, new: str, data: Mapping[str, Any]) -> Comparison:
    """Compare two texts by the pack's tables (those of a policy's reading, and `comparison`).

    Stable under the order of sections and lines, spaces, markup and numbering: these are cosmetic at most.
    """
    parts = [cut(_LINK.sub(_on_one_line, text), data) for text in (old, new)]
    policies = [read_policy(text, data) for text in (old, new)]
    differences = compare_sentences(parts[0], parts[1], data["comparison"], (old, new))
    told = [_told(side, data) for side in parts]
    touched = any(item.substantive for item in differences)
    items = tuple(
        _item(key, policies, differences, (told[0][key], told[1][key]), touched) for key in _keys(policies[1])
    )
    return Comparison(_worst([item.substantive for item in differences]), items, tuple(differences))


def _on_one_line(link: re.Match[str]) -> str:
    """A link of Markdown that was broken, of the same length; nothing in its address ends a sentence."""
    words, mark, address = link.group().rpartition("](")
    return " ".join(re.split(r"[\r\n]", words)) + mark + re.sub(r"\s", "_", address)


def _keys(policy: Policy) -> list[str]:
    return [*policy.items, *(f"{_BORDER}{name}" for name in policy.transfer)]


def _item(
    key: str,
    policies: Sequence[Policy],
    differences: Sequence[Change],
    told: tuple[frozenset[int], frozenset[int]],
    touched: bool,
) -> ItemChange:
    """touched: whether anything in the policy changed in substance; without that no status did, whatever the order."""
    on_it = tuple(
        item
        for item in differences
        if any(part.start in told[0] for part in item.old) or any(part.start in told[1] for part in item.new)
    )
    old, new = (_status(policy, key) for policy in policies)
    change = _worst([item.substantive for item in on_it])
    if touched and old != new:
        change = "substantive"
    return ItemChange(key, change, old, new if touched else old, on_it)


def _status(policy: Policy, key: str) -> str:
    if key.startswith(_BORDER):
        return policy.transfer[key.removeprefix(_BORDER)].status
    return policy.items[key].status


def _worst(substantive: Sequence[bool]) -> str:
    return "none" if not substantive else "substantive" if any(substantive) else "cosmetic"


def _told(parts: Sequence[Segment], data: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    """Where the sentences on each item begin."""
    found = {
        key: frozenset(item.start for item in Topic(row).read(parts).told)
        for key, row in data["topics"].items()
    }
    border = frozenset(item.start for item in sentences_on_transfer(data["transfer"], data["places"], parts))
    agent = frozenset(item.start for item in sentences_on_agent(data["agent"], parts))
    return found | {"P12": border, "P15": agent} | {f"{_BORDER}{name}": border for name in CROSS_BORDER}
