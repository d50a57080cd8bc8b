"""Item P6: who processes data for the operator, each with its task; nobody may stay without a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mapae.measures.privacy.judged import Judged
from mapae.measures.privacy.reading import EMPTY, Reading
from mapae.measures.privacy.segments import LISTED, Segment

__all__ = ["judge_processors", "nameless_row"]

# What stands between a name and its task; the brackets of a legal form or a place within the name do not.
_BETWEEN = re.compile(
    r"\s[—–-]{1,2}\s|[:：]\s?|[(（](?!주|株|[가-힣\u4e00-\u9fff]{2,4}[)）](?:有限|股份|주식))"
    r"|[，,]\s?(?=负责|承担|提供|担任)"
)
_MARK = re.compile(
    r"^\s*(?:[-*+•·▷▶●■◆□※]|\d{1,2}\.\d{1,2}[.)]?|\(?\d{1,2}[.)]|[①-⑳]|[一二三四五六七八九十][、\u3000])\s*"
)
_NONE = re.compile(r"没有|不再|并无|없(?:습|다|음)|전부|\bno (?:other|others)\b|nobody else")
_LONGEST_NAME = 48  # characters


def judge_processors(read: Reading, row: Mapping[str, Any], _: Mapping[str, Any]) -> Judged:
    """Present: two names with tasks, or all lines of the list, and no task without a name."""
    words = {key: re.compile("|".join(row[key])) for key in ("heading", "generic", "vague", "name_column")}
    own = [item for item in read.general if words["heading"].search(item.heading)]
    pairs = [(item, pair) for item in own if (pair := _pair(item, words["name_column"]))]
    named = [item for item, (name, task) in pairs if task and not words["generic"].search(name)]
    spoken = _spoken(read, row, words["vague"])
    leads = tuple({item.heading for item, _ in pairs})
    nameless = next(
        (
            item
            for item in read.general
            if (words["generic"].search(item.text) and not _NONE.search(item.text)) or _blank(item)
            if not any(lead.endswith(item.text) for lead in leads)
        ),
        None,
    )
    if nameless is None and (len(named) >= 2 or (named and len(named) == len(pairs)) or len(spoken) >= 2):
        return Judged("present", (named or spoken)[0])
    unnamed = nameless is not None or not read.any("named")
    lacks = "the name of a processor" if unnamed else "the task of a processor"
    why = f"not told: {lacks}"
    return Judged("partial", nameless or read.first("named", "task"), why)


def _blank(item: Segment) -> bool:
    """A row of a table that was left to be filled in."""
    return "|" in item.text and bool(EMPTY.search(item.text))


def nameless_row(told: Sequence[Segment], row: Mapping[str, Any]) -> Segment | None:
    """The first row of a table of recipients whose name is a kind of firm, or that was left to be filled in; else None."""
    titles, generic = re.compile("|".join(row["name_column"])), re.compile("|".join(row["generic"]))
    rows = [item for item in told if item.columns and "|" in item.text and titles.search(item.columns)]
    pairs = [(item, pair) for item in rows if (pair := _pair(item, titles))]
    return next((item for item, (name, _) in pairs if generic.search(name) or EMPTY.search(item.text)), None)


def _pair(item: Segment, name_column: re.Pattern[str]) -> tuple[str, str] | None:
    """Name and task of a table's row or a list's line `name: task`, `name — task`, `name (task)`."""
    if item.columns and "|" in item.text:
        if item.text == item.columns:
            return None
        cells = [cell.strip() for cell in item.text.strip().strip("|").split("|")]
        titles = item.columns.strip().strip("|").split("|")
        at = next((place for place, title in enumerate(titles) if name_column.search(title)), 0)
        if at >= len(cells) or len(cells) < 2:
            return None
        return cells[at], " ".join(cell for place, cell in enumerate(cells) if place != at)
    if not LISTED.match(item.text):
        return None
    bare = _MARK.sub("", item.text)
    cut = _BETWEEN.search(bare)
    if not cut or not 2 <= len(bare[: cut.start()].strip(" *")) <= _LONGEST_NAME:
        return None
    return bare[: cut.start()].strip(" *"), bare[cut.end() :].strip(" )）")


def _spoken(read: Reading, row: Mapping[str, Any], vague: re.Pattern[str]) -> Sequence[Segment]:
    """Sentences that name a processor by its legal form with a task beside the name, once for each name."""
    named, task = (re.compile("|".join(row["parts"][key])) for key in ("named", "task"))
    word = re.compile(rf"[^\s,，、;；:：]{{0,40}}(?:{named.pattern})[^\s(（,，、;；:：]{{0,40}}")
    return [
        item
        for item in read.parts["named"]
        if task.search(word.sub(" ", item.text)) and not item.local and not vague.search(item.text)
        for _ in named.findall(item.text)
    ]
