"""Every error a user can meet: what happened, where, and how to mend it.

MapaeError
├── UsageError      the command or call was used wrongly (exit 2)
├── InputError      a file or record cannot be read (exit 2, or a reject when rows remain)
├── PackError       pack data does not compile (exit 2)
├── ListError       a reference list is missing or was refused by its assertions (exit 2)
└── FactError       a scenario of facts is incomplete or uses unknown words (exit 2)
"""

from __future__ import annotations

__all__ = ["FactError", "InputError", "ListError", "MapaeError", "PackError", "UsageError"]


class MapaeError(Exception):
    """An error with its place and its remedy.

    what: one sentence, what happened. where: file, line, field or value. mend: how to put it right.
    ``str(error)`` is ``where: what`` and, on a second line, ``mend``.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  mend: {self.mend}" if self.mend else head


class UsageError(MapaeError):
    """The command or call was used wrongly."""


class InputError(MapaeError):
    """A file or a record of it cannot be read."""


class PackError(MapaeError):
    """Pack data does not compile."""


class ListError(MapaeError):
    """A reference list is missing, broken or refused by its assertions."""


class FactError(MapaeError):
    """A scenario is incomplete, or uses a key or word outside the vocabulary."""
