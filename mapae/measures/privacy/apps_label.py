"""A store's label of an app (data safety, privacy label): which kinds of data it declares, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from mapae.measures.privacy.apps_label_forms import play_answers, store_records

__all__ = ["Label", "read_label"]

Span = tuple[int, int]
_Rules = Mapping[str, re.Pattern[str]]
_NO_VALUE = frozenset("false no none 0 아니오 아니요 否 없음".split())
_YES = frozenset("true yes 예 네 是".split())
_NOTHING = "nothing"
_ASIDE = re.compile(
    r"purpose|목적|用途|reason|optional|description|설명|说明|url", re.IGNORECASE
)  # keys that name no data


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

    Play Console's table of answers and App Store Connect's records are read as such. Else any JSON will do that speaks of
    collection and sharing: in its keys (`collectedData: [...]`), in headings beside lists (`privacyType: Data Linked to
    You`), or as a yes or no to each kind (`location: {collected: true}`). In a plain text, what stands before a word of
    sharing counts as collected.
    """
    if not text.strip():
        return None
    rules = {name: re.compile("|".join(items)) for name, items in words.items()}
    try:
        value = orjson.loads(text)
        said = [*store_records(value)] or [*_walk(value, "", "", rules)]
    except orjson.JSONDecodeError:
        said = play_answers(text) or [*_sentences(text, rules)]
    named: dict[str, dict[str, Span]] = {"collected": {}, "shared": {}}
    for kind, row in kinds.items():
        pattern = re.compile("|".join(row["label"])) if row["label"] else None
        for where, words_said in said:
            if pattern and where in named and pattern.search(_plain(words_said)):
                named[where].setdefault(kind, _place(text, words_said))
    encrypted, at = _encryption(said, text, rules)
    return Label(text, named["collected"], named["shared"], encrypted, at, not any(named.values()))


def _sentences(text: str, rules: _Rules) -> Iterator[tuple[str, str]]:
    """A plain text's sentences, each with the part it opens or that was opened before it."""
    part = "collected"
    for words in filter(None, map(str.strip, re.split(r"[\n.;。]+", text))):
        part = _part(words, rules) or part
        yield part, words


def _walk(value: Any, where: str, name: str, rules: _Rules) -> Iterator[tuple[str, str]]:
    """Every text with the part of the label it stands in: collected, shared, or none; `key: value` of other texts.

    name: the key under which the value stands.
    """
    if isinstance(value, dict):
        answers = {
            key: said for key, said in ((key, _answer(key, value[key], rules)) for key in value) if said
        }
        parts = (
            [said for said in answers.values() if said != _NOTHING]
            if answers
            else [_headed(value, rules) or where]
        )
        if answers:
            yield from ((part, name) for part in parts)
        for key, inside in value.items():
            for part in (parts or [_NOTHING]) if key not in answers else ():
                yield from _member(str(key), inside, part, rules)
    elif isinstance(value, list):
        for inside in value:
            yield from _walk(inside, where, name, rules)
    elif isinstance(value, str) and not _ASIDE.search(name):
        yield where, value


def _member(key: str, inside: Any, where: str, rules: _Rules) -> Iterator[tuple[str, str]]:
    part = _part(key, rules) or where
    if isinstance(inside, str | bool | int | float) or inside is None:
        yield from _single(key, inside, part, where, rules)
    else:
        yield part, key if where else ""
        yield from _walk(inside, part, key, rules)


def _answer(key: str, value: Any, rules: _Rules) -> str:
    """The part that a key such as `collected` says yes to, `nothing` where it says no; empty for other members."""
    part = _part(str(key), rules)
    if part not in ("collected", "shared") or not isinstance(value, str | bool):
        return ""
    word = str(value).strip().lower()
    return part if word in _YES else _NOTHING if word in _NO_VALUE else ""


def _headed(value: Mapping[str, Any], rules: _Rules) -> str:
    """The part that a short text names beside lists: `{"privacyType": "Data Linked to You", "dataCategories": [...]}`."""
    if not any(isinstance(inside, list | dict) for inside in value.values()):
        return ""
    texts = (
        said
        for key, said in value.items()
        if isinstance(said, str) and len(said) < 50 and not _ASIDE.search(str(key))
    )
    return next(filter(None, (_part(said, rules) for said in texts)), "")


def _single(key: str, value: Any, part: str, where: str, rules: _Rules) -> Iterator[tuple[str, str]]:
    """`{"location": true}` names the key, `{"type": "Location"}` the value, `{"location": "shared"}` the key again."""
    text = str(value).strip()
    denied = value is None or value is False or text.lower() in _NO_VALUE
    if _ASIDE.search(key):
        return
    if where and not denied and (value is True or text.lower() in _YES):
        yield where, key
    elif not denied and isinstance(value, str):
        told = _part(text, rules)
        yield (told, key) if told and not part else (_NOTHING if told == _NOTHING else part, text)
    yield "", f"{key}: {text}"


def _part(words: str, rules: _Rules) -> str:
    """collected, shared, `nothing` for what is said not to be; empty where the words speak of neither."""
    lowered = _plain(words)
    if rules["nothing"].search(lowered):
        return _NOTHING
    if rules["shared"].search(lowered):
        return "shared"
    return "collected" if rules["collected"].search(lowered) else ""


def _plain(words: str) -> str:
    """Lowered, `DATA_LINKED_TO_YOU` and `dataLinkedToYou` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", words).lower()


def _encryption(said: Sequence[tuple[str, str]], text: str, rules: _Rules) -> tuple[bool | None, Span]:
    for _, words in said:
        lowered = _plain(words)
        if rules["not_encrypted"].search(lowered):
            return False, _place(text, words.rpartition(": ")[2])
        if rules["encrypted"].search(lowered):
            return lowered.rpartition(": ")[2].strip() not in _NO_VALUE, _place(
                text, words.rpartition(": ")[2]
            )
    return None, (0, 0)


def _place(text: str, words: str) -> Span:
    """Where the words stand in the label's text; (0, 0) where it writes them another way."""
    escaped = orjson.dumps(words).decode()
    for form in (escaped, f'"{words}"', words, escaped[1:-1], words.lower()):
        at, quoted = text.find(form), len(form) > 2 and form[0] == form[-1] == '"'
        if words and at >= 0:
            return (at + 1, at + len(form) - 1) if quoted else (at, at + len(form))
    return 0, 0
