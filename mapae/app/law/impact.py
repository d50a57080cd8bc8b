"""Whose duty changes if a draft's values were law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mapae.app.law.duty import duties
from mapae.errors import PackError
from mapae.law import LawBook
from mapae.model.law import Dated, Parameter
from mapae.pack.checks import check_value, near
from mapae.pack.nodes import Node, read_nodes
from mapae.pack.problem import Problem, report

__all__ = ["Change", "impact", "read_draft"]

_FIELDS = ("key", "from", "to", "value", "reference", "status", "note")
DRAFT_SOURCE = "draft_decree_2026-03-11"


@dataclass(frozen=True, slots=True)
class Change:
    """An operator's duty under a law, as the law stands and as it would be."""

    operator: str
    regime: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the draft makes a difference."""
        return self.before != self.after


def read_draft(path: Path, book: LawBook) -> dict[str, Dated]:
    """The values of a draft by parameter key: a list `parameters:` of key, from, value and reference.

    PackError tells every fault by line: unknown keys, missing days or values.
    """
    root, problems = read_nodes(path)
    found: dict[str, Dated] = {}
    section = root.fields.get("parameters") if root is not None else None
    if root is not None and (section is None or not section.items):
        problems.append(
            root.problem("no parameters", "write parameters: with key, from, value and reference")
        )
    for item in section.items if section is not None else ():
        _take(item, book, found, problems)
    if problems:
        raise PackError(report(problems, "in the draft"), mend="put right what is named")
    return found


def _take(item: Node, book: LawBook, found: dict[str, Dated], problems: list[Problem]) -> None:
    key, start = item.fields.get("key"), item.fields.get("from")
    if key is None or key.value not in book.pack.parameters:
        said = key.value if key is not None else None
        problems.append(
            (key or item).problem(f"there is no parameter {said!r}", near(str(said), book.pack.parameters))
        )
    elif start is None or not isinstance(start.value, date):
        problems.append((start or item).problem("no first day", "add from: as YYYY-MM-DD"))
    elif "value" not in item.fields:
        problems.append(item.problem("no value", "add value:"))
    elif faults := _faults(item, book.pack.parameters[key.value]):
        problems.extend(faults)
    else:
        said = item.fields["reference"].value if "reference" in item.fields else str(item.file)
        found[str(key.value)] = Dated(
            start.value,
            None,
            "in_force",
            item.fields["value"].value,
            str(said),
            start.value,
            item.file,
            item.line,
        )


def _faults(item: Node, parameter: Parameter) -> list[Problem]:
    """Fields that a draft has not, and a value that is not of the parameter's sort."""
    unknown = [name for name in item.fields if name not in _FIELDS]
    return [
        *(item.fields[name].problem(f"unknown field {name!r}", near(name, _FIELDS)) for name in unknown),
        *check_value(item.fields["value"], parameter.unit),
    ]


def impact(
    book: LawBook,
    draft: Mapping[str, Dated],
    operators: Iterable[Mapping[str, Any]],
    as_of: date,
    *,
    against: str | None = None,
) -> list[Change]:
    """Every operator's duty under every law before and after, in the operators' order.

    against: the announced draft that "before" is read by; without it the law as it stands.
    """
    would = LawBook(
        book.pack.with_parameters({key: _laid_over(book, key, dated) for key, dated in draft.items()})
    )
    source = DRAFT_SOURCE if any(key.startswith("eca.20-5.") for key in draft) else None
    changes: list[Change] = []
    for operator in operators:
        before, after = (
            duties(book, operator, as_of, draft=against),
            duties(would, operator, as_of, draft=against or source),
        )
        changes += [
            Change(old.operator, old.regime, old.answer, new.answer)
            for old, new in zip(before, after, strict=True)
        ]
    return changes


def _laid_over(book: LawBook, key: str, dated: Dated) -> Parameter:
    """The parameter with the draft's value in force from its first day; what held before ends the day before."""
    parameter = book.pack.parameters[key]
    kept = tuple(
        replace(old, valid_to=_earlier(old.valid_to, dated.valid_from))
        for old in parameter.values
        if old.valid_from < dated.valid_from
    )
    return replace(parameter, values=(*kept, dated))


def _earlier(end: date | None, start: date) -> date:
    before = start - timedelta(days=1)
    return before if end is None else min(end, before)
