"""What a privacy policy or an access notice says of the kinds of data an app reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapae.measures.privacy.segments import LISTED, Segment, segments

__all__ = ["Notice", "Told", "read_told"]

_REACH = 12  # lines under a heading of required or optional permissions that its list may have


@dataclass(frozen=True, slots=True)
class Told:
    """Of one kind of data: where it is spoken of, where it is denied, whether as required or optional access."""

    told: Segment | None = None
    denied: Segment | None = None
    access: str = ""


@dataclass(frozen=True)
class Notice:
    """kinds: what is said of each. access: permissions are spoken of at all; required, optional, refusal: where."""

    kinds: Mapping[str, Told]
    access: Segment | None
    required: Segment | None
    optional: Segment | None
    refusal: Segment | None


def read_told(text: str, kinds: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Notice:
    """Read the document. kinds: privacy/apps_data.yaml; words: `notice` of privacy/apps.yaml."""
    rules = {name: re.compile("|".join(items)) for name, items in words.items()}
    cut = segments(text, re.compile(r"(?!)"))
    places = {name: _first(cut, rules[name]) for name in ("access", "required", "optional")}
    notice = any(places.values())
    parts = [(item, part if notice else None) for item, part in _parts(cut, rules)]
    told = {
        kind: _told(re.compile("|".join(row["policy"]), re.MULTILINE), parts, rules)
        for kind, row in kinds.items()
    }
    return Notice(told, places["access"], places["required"], places["optional"], _refusal(parts, rules))


def _refusal(
    parts: Sequence[tuple[Segment, str | None]], rules: Mapping[str, re.Pattern[str]]
) -> Segment | None:
    """Where it is told that access may be refused, in a list of permissions or beside a word on them."""
    return next(
        (item for item, part in parts if rules["refusal"].search(item.text) and (part or _near(item, rules))),
        None,
    )


def _first(cut: Sequence[Segment], pattern: re.Pattern[str]) -> Segment | None:
    return next((item for item in cut if pattern.search(item.text)), None)


def _near(item: Segment, rules: Mapping[str, re.Pattern[str]]) -> bool:
    return bool(rules["access"].search(f"{item.heading} {item.text}") or rules["optional"].search(item.text))


def _parts(cut: Sequence[Segment], rules: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[Segment, str]]:
    """Each segment with the list of permissions it belongs to: required, optional or none."""
    part, left = "", 0
    for item in cut:
        where = f"{item.heading} {item.text}" if not item.first else item.text
        own = [name for name in ("required", "optional") if rules[name].search(item.text)]
        led = [name for name in ("required", "optional") if rules[name].search(item.heading)]
        if len(own) == 1:
            part, left = own[0], _REACH
        elif len(led) == 1 and not own:
            part, left = led[0], _REACH
        elif own or (item.first and not rules["access"].search(where)):
            part, left = "", 0
        listed = bool(LISTED.match(item.text)) or bool(led) or bool(own) or left > 0
        yield item, part if listed else ""
        left -= 1
        if left <= 0:
            part = ""


def _told(
    pattern: re.Pattern[str],
    parts: Sequence[tuple[Segment, str | None]],
    rules: Mapping[str, re.Pattern[str]],
) -> Told:
    told = denied = None
    access = ""
    for at, (item, part) in enumerate(parts):
        if not pattern.search(item.text):
            continue
        after = parts[at + 1][0].text if at + 1 < len(parts) else ""
        kept = not rules["except"].search(item.text) and not rules["taken_back"].match(after)
        if rules["denied"].search(item.text) and kept:
            denied = denied or item
        elif not item.first:
            told = told or item
            access = access or _access(item, part)
    return Told(told, denied, access)


def _access(item: Segment, part: str | None) -> str:
    """Required or optional, by a word in brackets first (`카메라(선택)`), then by its list; None: no notice of access."""
    if part is None:
        return ""
    marked = re.search(r"[(\[（]\s?(필수|선택|required|optional|必选|必需|可选)", item.text)
    if marked:
        return "required" if marked[1] in ("필수", "required", "必选", "必需") else "optional"
    return part
