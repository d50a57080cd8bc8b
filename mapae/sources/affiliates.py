"""Affiliates told on a sheet of their own: a list of groups and their firms beside a table of market shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import python_calamine

from mapae.detect.markets.flaws import plain_name
from mapae.sources.blocks import Block, Reader
from mapae.sources.headings import bare
from mapae.sources.layouts import signs
from mapae.sources.rejects import RejectLog
from mapae.sources.share_grid import field_of
from mapae.text.periods import named_period

__all__ = ["Affiliates", "Joined", "affiliates"]

_FIRM = frozenset(
    map(
        signs,
        "계열사 계열회사 계열회사명 소속회사 소속회사명 자회사 affiliate affiliates subsidiary 子公司 关联公司".split(),
    )
)
_GROUP = frozenset(
    map(
        signs,
        "기업집단 기업집단명 집단명 그룹 그룹명 모회사 지배회사 동일인 group parent holding 集团 母公司".split(),
    )
)
_BETWEEN = re.compile(r"\s*[,、;·\n]\s*")
_ROWS = 8  # in which the heads of the list stand
_COLUMN = "group"


@dataclass(frozen=True)
class Affiliates:
    """sheet: its name; groups: the group of each firm, by the firm's name without its legal form."""

    sheet: str
    groups: Mapping[Any, str]


def affiliates(path: Path) -> Affiliates | None:
    """The first sheet of a workbook that lists groups and firms and no amounts; None where there is none."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names if len(book.sheet_names) > 1 else ():
        rows = [
            ["" if cell is None else str(cell).strip() for cell in row]
            for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        if groups := _groups(rows):
            return Affiliates(name, groups)
    return None


def _groups(rows: Sequence[Sequence[str]]) -> dict[Any, str]:
    for at, heads in enumerate(rows[:_ROWS]):
        fields = [_kind(head) for head in heads]
        amounts = {"value", "share", "market"} & set(fields) or any(named_period(head) for head in heads)
        if {"group", "firm"} <= set(fields) and not amounts:
            return _listed(rows[at + 1 :], fields.index("group"), fields.index("firm"))
    return {}


def _kind(head: str) -> str:
    name = signs(bare(head) or head)
    return "firm" if name in _FIRM else "group" if name in _GROUP else field_of(head)


def _listed(rows: Sequence[Sequence[str]], group: int, firm: int) -> dict[Any, str]:
    """A group stands once for the rows below it; a cell may list several firms."""
    found: dict[Any, str] = {}
    now = ""
    for row in rows:
        now = row[group] or now
        for name in filter(None, _BETWEEN.split(row[firm])):
            found.setdefault(plain_name(name), now)
    return {name: said for name, said in found.items() if said}


@dataclass(frozen=True)
class Joined:
    """A table of shares with the groups that another sheet tells; a reader as any other."""

    table: Reader
    told: Affiliates
    log: RejectLog

    @classmethod
    def of(cls, table: Reader, told: Affiliates, log: RejectLog) -> Reader:
        """The table joined; as it is where it has groups of its own or no firms."""
        fields = set(map(field_of, table.columns))
        return cls(table, told, log) if "firm" in fields and "group" not in fields else table

    @property
    def columns(self) -> Sequence[str]:
        """Those of the table, and the group."""
        return [*self.table.columns, _COLUMN]

    @property
    def above(self) -> str:
        """The lines over the table's heads."""
        return str(getattr(self.table, "above", ""))

    def blocks(self) -> Iterator[Block]:
        """The table's, each firm with its group where the list has one."""
        place = next(name for name in self.table.columns if field_of(name) == "firm")
        number = 0
        for block in self.table.blocks():
            firms = [str(cell) if cell is not None else "" for cell in block.columns[place]]
            groups = [self.told.groups.get(plain_name(firm)) for firm in firms]
            number += sum(group is not None for group in groups)
            yield replace(block, columns={**block.columns, _COLUMN: groups})
        self.log.note(f"the sheet {self.told.sheet!r} tells the groups of {number} rows", 1)
