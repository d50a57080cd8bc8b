"""A store's label of an app (data safety, privacy label): which kinds of data it declares, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

__all__ = ["Label", "read_label"]

Span = tuple[int, int]
_NO_VALUE = frozenset("false no none 0 아니오 아니요 否 없음".split())


@dataclass(frozen=True)
class Label:
    """collected, shared: kind of data → span of its words in the label's text. encrypted: in transit, None: not said.

    empty: the label declares no data at all. encryption: span of what it says on encryption.
    """

    text: str
    collected: Mapping[str, Span] = field(default_factory=dict)
    shared: Mapping[str, Span] = field(default_factory=dict)
    encrypted: bool | None = None
    encryption: Span = (0, 0)
    empty: bool = False

    @property
    def declared(self) -> Mapping[str, Span]:
        """Kinds that are collected or shared."""
        return {**self.shared, **self.collected}


def read_label(text: str, kinds: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Label | None:
    """The label read; None where there is no text. kinds: privacy/apps_data.yaml; words: `label` of privacy/apps.yaml.

    Any JSON will do whose keys speak of collection and sharing; a plain text counts as what is collected.
    """
    if not text.strip():
        return None
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = {"declared": text}
    rules = {name: re.compile("|".join(items)) for name, items in words.items()}
    said = list(_walk(value, "", rules))
    named: dict[str, dict[str, Span]] = {"collected": {}, "shared": {}}
    for kind, row in kinds.items():
        pattern = re.compile("|".join(row["label"])) if row["label"] else None
        for where, words_said in said:
            if pattern and where in named and pattern.search(words_said.lower()):
                named[where].setdefault(kind, _place(text, words_said))
    encrypted, at = _encryption(said, text, rules)
    return Label(text, named["collected"], named["shared"], encrypted, at, not any(named.values()))


def _walk(value: Any, where: str, rules: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    """Every text with the part of the label it stands in: collected, shared, or none; `key: value` of other texts."""
    if isinstance(value, dict):
        for key, inside in value.items():
            part = _part(str(key), rules) or where
            if isinstance(inside, str | bool | int | float) or inside is None:
                yield from _single(str(key), inside, part, where)
            else:
                yield part, str(key) if where else ""
                yield from _walk(inside, part, rules)
    elif isinstance(value, list):
        for inside in value:
            yield from _walk(inside, where, rules)
    elif isinstance(value, str):
        yield where, value


def _single(key: str, value: Any, part: str, where: str) -> Iterator[tuple[str, str]]:
    """`{"location": true}` names the key, `{"type": "Location"}` the value; purposes are no data."""
    text = str(value).strip()
    denied = value is None or value is False or text.lower() in _NO_VALUE
    if re.search(r"purpose|목적|用途|reason|optional", key, re.IGNORECASE):
        return
    if where and not denied and (value is True or text.lower() in ("true", "yes", "예", "是")):
        yield where, key
    elif not denied and isinstance(value, str):
        yield part, text
    yield "", f"{key}: {text}"


def _part(key: str, rules: Mapping[str, re.Pattern[str]]) -> str:
    lowered = key.lower()
    if rules["shared"].search(lowered):
        return "shared"
    return "collected" if rules["collected"].search(lowered) else ""


def _encryption(
    said: Sequence[tuple[str, str]], text: str, rules: Mapping[str, re.Pattern[str]]
) -> tuple[bool | None, Span]:
    for _, words in said:
        lowered = words.lower().replace("_", " ")
        if rules["not_encrypted"].search(lowered):
            return False, _place(text, words.rpartition(": ")[2])
        if rules["encrypted"].search(lowered):
            return lowered.rpartition(": ")[2].strip() not in _NO_VALUE, _place(
                text, words.rpartition(": ")[2]
            )
    return None, (0, 0)


def _place(text: str, words: str) -> Span:
    """Where the words stand in the label's text; (0, 0) where it writes them another way."""
    for form in (words, orjson.dumps(words).decode()[1:-1], words.lower()):
        at = text.find(form)
        if form and at >= 0:
            return at, at + len(form)
    return 0, 0
