"""The version of the code that ran: the release and a hash of every source file of the package."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import mapae

__all__ = ["code_version"]


@cache
def code_version() -> str:
    """`0.1.0+1a2b3c4d5e6f`: two runs with the same value ran the same code."""
    root = Path(mapae.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{mapae.__version__}+{digest.hexdigest()[:12]}"
