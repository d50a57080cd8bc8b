"""Whether a load is believable: rows at least, rows at most, and no sudden halving or explosion against what stands."""

from __future__ import annotations

from dataclasses import dataclass

from mapae.errors import ListError

__all__ = ["Limits"]

_SMALL = 4  # entries below which a change of size says nothing
_MANY = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """least, most: rows of a load. shrink: refused at or below this share of what stands; grow: refused above it.

    shrink and grow of 0 are not asked.
    """

    least: int
    most: int
    shrink: float = 0.5
    grow: float = 10.0

    def check(self, rows: int, before: int, after: int, where: str) -> None:
        """ListError where `rows` of the file, or `after` entries instead of `before`, are not believable."""
        if rows < self.least:
            raise ListError(
                f"the load has {rows:,} rows, fewer than {self.least:,}", where=where,
                mend="is the file complete? If it is right: --min-rows N",
            )  # fmt: skip
        if max(rows, after) > self.most:
            raise ListError(
                f"the load has {max(rows, after):,} rows, more than {self.most:,}", where=where,
                mend="is it the right file? If it is right: --max-rows N",
            )  # fmt: skip
        if self.shrink and before >= _SMALL and after <= before * self.shrink:
            raise ListError(
                f"the list would shrink from {before:,} to {after:,} entries", where=where,
                mend=f"is the file complete? A part: --keep-missing; if it is right: --min-rows {rows}",
            )  # fmt: skip
        if self.grow and before >= _MANY and after > before * self.grow:
            raise ListError(
                f"the list would grow from {before:,} to {after:,} entries", where=where,
                mend=f"is it the right file? If it is right: --max-rows {after}",
            )  # fmt: skip
