"""A line of a case file that could not be used."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BadLine"]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of the case file, from 1, and why it could not be read."""

    line: int
    reason: str
