"""One import at a time: an advisory lock on a file, which the system frees when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mapae.errors import ListError

__all__ = ["locked"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store's lock. ListError at once where another import holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ".lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(handle)
        except OSError:
            raise ListError(
                "another import is writing to this store", where=str(path), mend="wait until it has ended"
            ) from None
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    """The whole lock or OSError; closing the file gives it back."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
