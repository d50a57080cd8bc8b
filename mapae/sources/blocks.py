"""A piece of a source before it has the schema: named columns as the file had them, and the line of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Block", "Column", "Reader", "unique_names"]

Column = Any  # a pyarrow Array of any type, or a list of JSON values


@dataclass(frozen=True)
class Block:
    """columns: name to values, Arrow of any type or a list of JSON values; lines: 1-based place of each row."""

    columns: dict[str, Column]
    lines: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lines)


class Reader(Protocol):
    """One opened file. `columns` is known before the first block; `blocks` is read once."""

    @property
    def columns(self) -> Sequence[str]:
        """Names as the file gives them; for JSON those of the first records."""

    def blocks(self) -> Iterator[Block]:
        """The rows in order; what is no row goes to the reject log."""


def unique_names(names: Sequence[str]) -> list[str]:
    """The same names, blank ones as column_N, and a number behind any that came before."""
    seen: dict[str, int] = {}
    result = []
    for place, name in enumerate(names, 1):
        name = name.strip().strip("\ufeff").strip() or f"column_{place}"
        seen[name] = seen.get(name, 0) + 1
        fresh = name if seen[name] == 1 else f"{name}_{seen[name]}"
        while seen[name] > 1 and fresh in seen:
            seen[name] += 1
            fresh = f"{name}_{seen[name]}"
        seen.setdefault(fresh, 1)
        result.append(fresh)
    return result
