"""Checks a pack: its law compiles, references were read within a year, tables name provisions that exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mapae.pack import find_pack
from mapae.pack.checks import check_stale, check_tables
from mapae.pack.compile import compile_law
from mapae.pack.problem import Problem

__all__ = ["Checked", "check_pack"]

TABLES = ("competence.yaml", "retention.yaml")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was compiled, and every fault found."""

    provisions: int
    parameters: int
    periods: int
    problems: tuple[Problem, ...]


def check_pack(key: str, as_of: date) -> Checked:
    """All faults of a pack's law and tables, staleness judged on `as_of`; PackError for an unknown pack."""
    root = find_pack(key)
    law = compile_law(root / "law")
    periods = [dated for item in law.provisions.values() for dated in item.versions]
    periods += [dated for entry in law.parameters.values() for dated in entry.values]
    problems = [*law.problems, *check_stale(periods, as_of)]
    for name in TABLES:
        if (root / name).is_file():
            problems += check_tables(root / name, law.provisions)
    return Checked(len(law.provisions), len(law.parameters), len(periods), tuple(sorted(problems)))
