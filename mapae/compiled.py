"""Where compiled loops are kept: in a folder named by all their sources, so that none outlives a change of one it calls.

Numba renews what it kept for a function when that function's own file changes, not when a file does whose functions were
put into it. Imports nothing heavy: it comes before numba.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

__all__ = ["KERNELS", "keep_apart"]

KERNELS = ("text/kernels", "detect/kernels", "detect/surges/kernels")  # every package of compiled loops
_PLACE = "NUMBA_CACHE_DIR"


def keep_apart(package: Path) -> None:
    """Tell numba the folder for the loops under `package`; nothing where the user named one or the package is no folder.

    Where the folder cannot be written, numba takes its own.
    """
    files = sorted(file for kernels in KERNELS for file in (package / kernels).glob("*.py"))
    if _PLACE in os.environ or not files:
        return
    sources = hashlib.blake2b(digest_size=8)
    for file in files:
        sources.update(file.read_bytes())
    os.environ[_PLACE] = str(package / "__pycache__" / f"loops-{sources.hexdigest()}")
