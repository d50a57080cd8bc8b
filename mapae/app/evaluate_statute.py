"""Scenarios put to the rule pack: YAML rows in, bare answers with reasons out, scored exactly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mapae.errors import FactError, InputError
from mapae.law import LawBook
from mapae.law.questions import answer
from mapae.law.questions.vocabulary import read_day
from mapae.pack import load_pack

__all__ = ["Row", "predict", "read_rows", "same", "score"]


class _Loader(yaml.SafeLoader):
    """YAML 1.2 scalars only: yes, no, 21:30 and 2026-01-02 stay the words they are."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"{_pattern}\Z"), _first)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file with the line on which it begins; `fault` says why it could not be read."""

    line: int
    content: Mapping[str, Any]
    fault: str = ""

    @property
    def id(self) -> Any:
        """The row's id as it stands, or its line."""
        return self.content.get("id", f"line-{self.line}")


def read_rows(path: Path) -> list[Row]:
    """Rows of a YAML list; where the file as a whole is not YAML, every row that is by itself."""
    if not path.is_file():
        raise InputError("there is no such case file", where=str(path), mend="name a YAML list of rows")
    text = path.read_text("utf-8-sig")
    try:
        node = yaml.compose(text, _Loader)
    except yaml.YAMLError:
        return list(_piecewise(text))
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise InputError(
            "the case file is not a list", where=str(path), mend="begin every row with '- id: …'"
        )
    return [_row(item, item.start_mark.line + 1) for item in node.value]


def _row(node: yaml.Node, line: int) -> Row:
    loader = _Loader("")
    if twice := _twice(node):
        return Row(line, {}, f"the key {twice!r} stands twice")
    try:
        content = loader.construct_document(node)
    except (yaml.YAMLError, TypeError, ValueError) as error:
        return Row(line, {}, f"not readable: {error}")
    return Row(line, content) if isinstance(content, dict) else Row(line, {}, "the row is not a map")


def _twice(node: yaml.Node) -> str:
    """A key that a map within the node has twice, since only one of its values could count; empty where there is none."""
    if isinstance(node, yaml.MappingNode):
        keys = [str(key.value) for key, _ in node.value]
        double = next((key for at, key in enumerate(keys) if key in keys[:at]), "")
        return double or next(filter(None, (_twice(value) for _, value in node.value)), "")
    inner = node.value if isinstance(node, yaml.SequenceNode) else ()
    return next(filter(None, map(_twice, inner)), "")


def _piecewise(text: str) -> Iterator[Row]:
    """Rows one by one: a row begins where a dash stands as far left as the first one does."""
    lines = text.splitlines(keepends=True)
    dashes = [number for number, line in enumerate(lines) if re.match(r" *- ", line)]
    indent = min((len(lines[n]) - len(lines[n].lstrip(" ")) for n in dashes), default=0)
    starts = [n for n in dashes if lines[n].startswith(" " * indent + "- ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        try:
            node = yaml.compose("".join(lines[start:end]), _Loader)
        except yaml.YAMLError as error:
            yield Row(start + 1, {}, f"not YAML: {error}".replace("\n", " "))
        else:
            if isinstance(node, yaml.SequenceNode) and node.value:
                yield _row(node.value[0], start + 1)


def predict(rows: Sequence[Mapping[str, Any] | Row], book: LawBook | None = None) -> list[dict[str, Any]]:
    """`{"id", "prediction", "reasons"}` a row, in order; a row in error has no prediction and `error` says why.

    Nothing of a row but regime, as_of, facts and question has any part in its answer.
    """
    law = book or LawBook(load_pack("kr"))
    return [_predict(row if isinstance(row, Row) else Row(0, row), law) for row in rows]


def _predict(row: Row, book: LawBook) -> dict[str, Any]:
    try:
        if row.fault:
            raise FactError(
                row.fault,
                where=str(row.id),
                mend="write the row as a map of id, regime, as_of, facts, question",
            )
        content = row.content
        where = str(row.id)
        facts = content.get("facts") or {}
        if not isinstance(facts, Mapping):
            raise FactError("facts is not a map", where=f"{where}.facts", mend="write facts: {key: value}")
        try:
            as_of = read_day(content.get("as_of"))
        except ValueError as error:
            given = content.get("as_of")
            raise FactError(
                f"{given!r} is no day", where=f"{where}.as_of", mend="write YYYY-MM-DD"
            ) from error
        found = answer(
            str(content.get("question")), str(content.get("regime")), facts, as_of, book, where=where
        )
    except FactError as error:
        return {"id": row.id, "prediction": None, "reasons": [str(error)], "error": str(error)}
    return {"id": row.id, "prediction": found.value, "reasons": [*found.reasons, *found.working]}


def score(
    rows: Sequence[Mapping[str, Any]], predictions: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[int, int]]:
    """(exact answers, rows that have one) by regime and over `all`; lists in any order."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for row, given in zip(rows, predictions, strict=True):
        if "expect" in row:
            hits["all"].append(same(row["expect"], given["prediction"]))
            hits[str(row.get("regime"))].append(hits["all"][-1])
    return {name: (sum(part), len(part)) for name, part in hits.items()}


def same(expected: Any, given: Any) -> bool:
    """Equal in kind and value; lists in any order."""
    if isinstance(expected, list) and isinstance(given, list):
        return sorted(map(str, expected)) == sorted(map(str, given))
    return type(expected) is type(given) and bool(expected == given)
