"""A brand's name seen in a hidden form in one text."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Sighting"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """owner of the marks; start, end in the text that was read; the name meant; how it was hidden; worth 0–1."""

    owner: str
    start: int
    end: int
    name: str
    how: str
    weight: float
