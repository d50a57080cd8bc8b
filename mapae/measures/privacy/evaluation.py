"""A policy scored after the evaluation of PIPA 30-2: adequacy, readability, accessibility, each with its working."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from mapae.measures.privacy.check import Policy
from mapae.measures.privacy.segments import INDEX, LISTED, Segment

__all__ = ["CRITERIA", "Criterion", "Point", "evaluate_policy", "language_of"]

CRITERIA = ("adequacy", "readability", "accessibility")
_KOREAN, _CHINESE = re.compile("[가-힣]"), re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_CONTENTS = 3  # lines of links that make a table of contents
_LEADING = 5  # lines among which the title is looked for
_NO_RIGHTS = "no passage on rights"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a criterion: its key, the value measured as text, and 1, ½ or 0; None where it was not told."""

    key: str
    value: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion's points and its score out of 100, the mean of the points that have one."""

    key: str
    points: tuple[Point, ...]

    @property
    def score(self) -> int | None:
        """Rounded half up; None without a scored point."""
        scored = [point.score for point in self.points if point.score is not None]
        return int(100 * mean(scored) + 0.5) if scored else None


@dataclass(frozen=True, slots=True)
class _Text:
    """What is counted in a policy."""

    text: str
    parts: Sequence[Segment]
    language: str


def language_of(text: str) -> str:
    """ko, zh or en by the letters used: Korean from a fifth on, since Korean texts hold foreign names."""
    letters = len(_LETTER.findall(text)) or 1
    if len(_KOREAN.findall(text)) / letters >= 0.2:
        return "ko"
    return "zh" if len(_CHINESE.findall(text)) / letters >= 0.3 else "en"


def evaluate_policy(
    text: str,
    parts: Sequence[Segment],
    policy: Policy,
    table: Mapping[str, Any],
    told: Mapping[str, Any] | None = None,
) -> tuple[Criterion, ...]:
    """The three criteria. table: privacy/evaluation.yaml; told: what the record tells of the way to the policy.

    told: `steps` (clicks from the first page) and `login` (whether one must log in), each absent where not known.
    """
    said = _Text(text, parts, language_of(text))
    return (
        Criterion("adequacy", tuple(_adequacy(policy, table["statuses"]))),
        Criterion("readability", tuple(_readability(said, table))),
        Criterion("accessibility", tuple(_accessibility(said, policy, table["accessibility"], told or {}))),
    )


def _adequacy(policy: Policy, worth: Mapping[str, float]) -> list[Point]:
    """The fifteen items; those that do not apply have no score."""
    return [Point(name, item.status, worth.get(item.status)) for name, item in policy.items.items()]


def _readability(said: _Text, table: Mapping[str, Any]) -> list[Point]:
    rules, way = table["readability"], table["languages"][said.language]
    lengths = [_length(item.text, way["unit"]) for item in _sentences(said.parts)] or [0]
    average = mean(lengths)
    long = sum(length > way["long"] for length in lengths) / len(lengths)
    screens = -(-len(re.sub(r"\s", "", said.text)) // way["screen"])
    lines = {item.line: item.text for item in reversed(said.parts) if not item.first}
    arranged = sum(bool(LISTED.match(line)) for line in lines.values()) / (len(lines) or 1)
    headings = sum(item.first for item in said.parts)
    points = [
        Point(
            "sentence", f"{average:.0f} {way['unit']}", _graded(average, rules[f"sentence_{said.language}"])
        ),
        Point("long_sentences", f"{long:.0%}", _graded(long, rules["long_sentences"])),
        Point("scrolls", f"{screens:,}", _graded(screens, rules["scrolls"])),
        _sections(said, rules["longest_section"]),
        Point("headings", f"{headings:,}", _graded(headings, rules["headings"])),
        Point("arranged", f"{arranged:.0%}", _graded(arranged, rules["arranged"])),
    ]
    if screens >= rules["contents"]["from_scrolls"]:
        links = sum(bool(INDEX.match(line)) for line in said.text.split("\n"))
        points.append(Point("contents", "yes" if links >= _CONTENTS else "no", float(links >= _CONTENTS)))
    return points


def _sections(said: _Text, rule: Mapping[str, Any]) -> Point:
    """A text without headings is one section."""
    sizes: dict[int, int] = {}
    for item in said.parts:
        sizes[item.section] = sizes.get(item.section, 0) + len(re.sub(r"\s", "", item.text))
    longest = max(sizes.values(), default=0)
    return Point("longest_section", f"{longest:,}", _graded(longest, rule))


def _accessibility(
    said: _Text, policy: Policy, rules: Mapping[str, Any], told: Mapping[str, Any]
) -> list[Point]:
    letters = len(_LETTER.findall(said.text)) or 1
    korean = len(_KOREAN.findall(said.text)) / letters
    rights = policy.items["P8"].segment
    quote = said.text[rights.start : rights.end] if rights else ""
    dated = re.search("|".join(rules["dated"]), said.text.lower())
    contact = {"present": 1.0, "partial": 0.5}.get(policy.items["P9"].status, 0.0)
    return [
        _title(said, rules),
        Point("korean", f"{korean:.0%}", _graded(korean, rules["korean"])),
        Point("rights", language_of(quote) if quote else _NO_RIGHTS, float(bool(_KOREAN.search(quote)))),
        Point("contact", policy.items["P9"].status, contact),
        Point("dated", dated.group() if dated else "no", float(dated is not None)),
        _steps(told.get("steps"), rules["steps"]),
        _login(told.get("login")),
    ]


def _title(said: _Text, rules: Mapping[str, Any]) -> Point:
    """The first of the leading lines that names a policy, else the first line that holds words."""
    lines = [line.strip(" #*=->") for line in said.text.split("\n") if _LETTER.search(line)][:_LEADING]
    named = re.compile("|".join([*rules["title_full"], *rules["title_half"]]))
    first = next((line for line in lines if named.search(line.lower())), lines[0] if lines else "")
    lowered = first.lower()
    full = re.search("|".join(rules["title_full"]), lowered)
    half = re.search("|".join(rules["title_half"]), lowered)
    return Point("title", first[:80], 1.0 if full else 0.5 if half else 0.0)


def _steps(value: object, rule: Mapping[str, Any]) -> Point:
    try:
        steps = int(str(value).strip())
    except ValueError:
        return Point("steps", "not told", None)
    return Point("steps", str(steps), _graded(steps, rule))


def _login(value: object) -> Point:
    said = str(value).strip().lower()
    if said in ("true", "yes", "1"):
        return Point("login", "no", 0.0)
    return Point("login", "yes", 1.0) if said in ("false", "no", "0") else Point("login", "not told", None)


def _sentences(parts: Sequence[Segment]) -> list[Segment]:
    """Running text: no headings, rows or lines of lists."""
    return [item for item in parts if not item.first and "|" not in item.text and not LISTED.match(item.text)]


def _length(sentence: str, unit: str) -> int:
    return len(sentence.split()) if unit == "words" else len(re.sub(r"\s", "", sentence))


def _graded(value: float, rule: Mapping[str, Any]) -> float:
    """1, ½ or 0 by the limits."""
    if rule["most"]:
        return 1.0 if value <= rule["full"] else 0.5 if value <= rule["half"] else 0.0
    return 1.0 if value >= rule["full"] else 0.5 if value >= rule["half"] else 0.0
