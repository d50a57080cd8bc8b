"""The inspection sheet of a privacy policy: items with the sentences they rest on, transfer, agent, scores and working."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mapae.measures.privacy.evaluation import Criterion, Point
from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.practices import Passage
from mapae.report.details import detail_in
from mapae.report.template import render_page

__all__ = ["Inspection", "Line", "inspection_words", "lines_of", "render_inspection", "sheet_data"]

_QUOTE = 400  # characters of a quoted sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One item: key, title by language, status, the quote with its place (line from 1), what is absent.

    provision: as it is cited, by language; since: the day it is in force from, `` for none.
    """

    key: str
    title: Mapping[str, str]
    status: str
    quote: str
    cut: bool
    line: int
    start: int
    end: int
    why: str
    provision: Mapping[str, str]
    since: str


@dataclass(frozen=True)
class Inspection:
    """All that a sheet shows.

    facts: operator, document, address, fetched, hash, as_of, made; titles: of privacy/evaluation.yaml.
    """

    facts: Mapping[str, str]
    items: Sequence[Line]
    transfer: Sequence[Line]
    agent: Mapping[str, str | None] | None
    criteria: Sequence[Criterion]
    passages: Sequence[Passage]
    titles: Mapping[str, Any]


def lines_of(
    judged: Mapping[str, Judged],
    text: str,
    titles: Mapping[str, Mapping[str, str]],
    provisions: Mapping[str, tuple[Mapping[str, str], str]],
) -> tuple[Line, ...]:
    """Lines in the order of `judged`. provisions: key → provision as cited, by language, and the day it is in force from."""
    made = []
    for key, item in judged.items():
        at = item.segment
        start, end = (at.start, at.end) if at else (0, 0)
        quote = text[start : min(end, start + _QUOTE)]
        line = text.count("\n", 0, start) + 1 if at else 0
        made.append(
            Line(
                key,
                titles[key],
                item.status,
                quote,
                end - start > _QUOTE,
                line,
                start,
                start + len(quote),
                item.why,
                *provisions[key],
            )
        )
    return tuple(made)


def render_inspection(sheet: Inspection, language: str) -> str:
    """The whole HTML document, in English and Korean; it asks for nothing from outside."""
    return render_page(
        "inspection.html.j2",
        language,
        sheet=sheet,
        words=inspection_words(),
        value=_value,
        worked=_worked,
        practices=_practices(sheet.passages),
    )


def sheet_data(sheet: Inspection, language: str) -> dict[str, Any]:
    """The sheet as plain data in one language, for the printed form."""
    words = {
        key: text[language] for key, text in inspection_words().items() if key not in ("values", "units")
    }
    return {
        "language": language,
        "words": words,
        "facts": dict(sheet.facts),
        "items": [_plain(line, words, language) for line in sheet.items],
        "transfer": [_plain(line, words, language) for line in sheet.transfer],
        "agent": None if sheet.agent is None else [
            [sheet.titles["agent"][part][language], value or words["not_told"]] for part, value in sheet.agent.items()
        ],
        "criteria": [
            {
                "title": sheet.titles["titles"][item.key][language],
                "score": "–" if item.score is None else str(item.score),
                "points": [
                    [_title(sheet, point.key)[language], _value(point, language), _score(point)] for point in item.points
                ],
                "worked": _worked(item)[language],
            }
            for item in sheet.criteria
        ],
    }  # fmt: skip


@cache
def inspection_words() -> Mapping[str, Any]:
    """What the sheet says, by key and language."""
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("inspection.yaml").read_text("utf-8"))
    return found


def _plain(line: Line, words: Mapping[str, str], language: str) -> dict[str, str]:
    place = words["line"].format(line=line.line, start=line.start, end=line.end) if line.line else ""
    since = words["in_force"].format(since=line.since) if line.since else words["no_force"]
    return {
        "key": line.key,
        "title": line.title[language],
        "status": line.status,
        "said": words[line.status],
        "quote": line.quote + ("…" if line.cut else ""),
        "place": place,
        "why": detail_in(line.why, language),
        "provision": f"{line.provision[language]} ({since})",
    }


def _title(sheet: Inspection, key: str) -> Mapping[str, str]:
    """Of a point, or of an item where the point is one."""
    found: Mapping[str, str] = sheet.titles["titles"].get(key) or sheet.titles["items"][key]
    return found


def _value(point: Point, language: str) -> str:
    """What was measured, in words of the language."""
    words = inspection_words()
    if point.key.startswith("P") or point.key == "contact":
        return str(words[point.value][language])
    if point.value in words["values"]:
        return str(words["values"][point.value][language])
    number, _, unit = point.value.partition(" ")
    return f"{number} {words['units'][unit][language]}" if unit in words["units"] else point.value


def _score(point: Point) -> str:
    return {None: "–", 1.0: "1", 0.5: "½", 0.0: "0"}[point.score]


def _worked(item: Criterion) -> dict[str, str]:
    """The sum behind a score, by language."""
    scored = [point.score for point in item.points if point.score is not None]
    return {
        language: text.format(sum=f"{sum(scored):g}", count=len(scored), score=item.score)
        for language, text in inspection_words()["sum"].items()
    }


def _practices(passages: Sequence[Passage]) -> list[tuple[str, int]]:
    counted = Counter(tag for passage in passages for tag, _ in passage.tags)
    return counted.most_common()
