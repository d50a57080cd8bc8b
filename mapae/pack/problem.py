"""A fault in pack data, told as compilers do: file, line, what, the line with a caret, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Problem", "report"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. line and column count from 1."""

    file: str
    line: int
    column: int
    what: str
    mend: str

    def render(self) -> str:
        """Five lines at most: place and fault, the source line, a caret, the remedy."""
        head = f"{self.file}:{self.line}:{self.column}: {self.what}"
        source = _line(self.file, self.line)
        if source is None:
            return f"{head}\n  mend: {self.mend}"
        caret = " " * (self.column - 1) + "^"
        return f"{head}\n    {source}\n    {caret}\n  mend: {self.mend}"


def _line(file: str, number: int) -> str | None:
    try:
        lines = Path(file).read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    return lines[number - 1] if 0 < number <= len(lines) else None


def report(problems: Iterable[Problem], where: str = "in pack data") -> str:
    """All faults, sorted by place, and their number."""
    ordered = sorted(problems)
    count = f"{len(ordered)} fault{'' if len(ordered) == 1 else 's'} {where}"
    return "\n".join([*(problem.render() for problem in ordered), count])
