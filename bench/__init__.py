"""What is measured, one module a topic; `python -m bench [topic…]` writes bench/RESULTS.md.

A topic is a module of this package with

    TITLE: str                      # heading of its section
    INTRO: str = ""                 # optional: conditions, one paragraph
    def main() -> list[Row]: ...    # measures; runs in a process of its own, prints progress to stderr

Consecutive rows with the same figure columns become one table. A topic whose data are absent raises `Absent(reason)`;
its section then keeps what was measured last, with a line that says so. The harness adds date and machine.
Modules whose name begins with an underscore, and `generate`, are no topics.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Absent", "Row"]


class Absent(Exception):
    """The data or peer a topic needs is not here; the text says which."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, its figures by column title (numbers keep their unit in the title)."""

    what: str
    figures: dict[str, float | int | str] = field(default_factory=dict)
    note: str = ""
