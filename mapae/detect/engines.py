"""Scanners of other houses behind one interface: Hyperscan, Aho–Corasick. They give the hits the compiled one gives.

Each hit costs them a call of Python or an object, which is why the compiled scanner of mapae.detect.kernels.literals is
the one that runs (docs/decisions/0008-scanner.md); they check it, and stand in when $MAPAE_SCANNER says so.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from mapae.errors import UsageError
from mapae.settings import cache_folder

__all__ = ["Scanner", "make_scanner"]

Ints = npt.NDArray[np.int64]


class Scanner(Protocol):
    """Finds every occurrence of every pattern in a buffer, overlapping ones too."""

    def scan(self, data: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
        """(pattern numbers, end offsets), in any order."""


def make_scanner(patterns: list[bytes], engine: str) -> Scanner:
    """A scanner of distinct patterns; engine: hyperscan or ahocorasick. UsageError for any other."""
    if engine == "hyperscan":
        return _Hyperscan(patterns)
    if engine == "ahocorasick":
        return _AhoCorasick(patterns)
    raise UsageError(
        f"there is no scanner {engine!r}",
        where="MAPAE_SCANNER",
        mend="scanners are: compiled, hyperscan, ahocorasick; leave it out for the fastest",
    )


class _Hyperscan:
    """One literal database, serialised in the cache folder by the hash of its patterns."""

    def __init__(self, patterns: list[bytes]) -> None:
        import hyperscan

        self._db = _database(hyperscan, patterns) if patterns else None
        self._scratch = hyperscan.Scratch(self._db) if self._db is not None else None
        self._patterns = patterns

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Hyperscan, (self._patterns,))

    def scan(self, data: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
        """Every hit; one callback a hit, nothing else in Python."""
        numbers: list[int] = []
        ends: list[int] = []
        if self._db is not None and len(data):
            push, stop = numbers.append, ends.append

            def found(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
                push(number)
                stop(end)

            self._db.scan(data.data, match_event_handler=found, scratch=self._scratch)
        return np.asarray(numbers, np.int64), np.asarray(ends, np.int64)


def _database(hyperscan: Any, patterns: list[bytes]) -> Any:
    digest = hashlib.sha256(b"\0".join(patterns)).hexdigest()[:24]
    path = cache_folder() / f"hs-{len(patterns)}-{digest}.db"
    if path.is_file():
        try:
            return hyperscan.loadb(path.read_bytes(), hyperscan.HS_MODE_BLOCK)
        except hyperscan.HyperscanError:
            path.unlink(missing_ok=True)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=patterns,
        ids=list(range(len(patterns))),
        elements=len(patterns),
        flags=[0] * len(patterns),
        literal=True,
    )
    _keep(hyperscan.dumpb(database), path)
    return database


def _keep(content: bytes, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(content)
        part.replace(path)
    except OSError:  # a read-only home: compile again next time
        return


class _AhoCorasick:
    """ahocorasick-rs over bytes."""

    def __init__(self, patterns: list[bytes]) -> None:
        import ahocorasick_rs

        self._patterns = patterns
        self._machine = ahocorasick_rs.BytesAhoCorasick(patterns) if patterns else None

    def __reduce__(self) -> tuple[Any, ...]:
        return (_AhoCorasick, (self._patterns,))

    def scan(self, data: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
        """Every hit."""
        if self._machine is None or not len(data):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        hits = self._machine.find_matches_as_indexes(data.tobytes(), overlapping=True)
        table = np.asarray(hits, np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 2]
