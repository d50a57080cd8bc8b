"""Files that checks read themselves: their paths and hashes as options, so that a run with other files is another run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from mapae.errors import InputError
from mapae.sources.files import sha256_of

__all__ = ["as_options"]


def as_options(files: Mapping[str, Path | None]) -> dict[str, str]:
    """`{name: absolute path, name_sha256: hash}` of each file or folder that was given. InputError where it is not there."""
    options: dict[str, str] = {}
    for name, path in files.items():
        if path is None:
            continue
        if not path.exists():
            raise InputError(
                "there is no such file", where=f"--{name} {path}", mend="check the name and the folder"
            )
        options |= {name: str(path.absolute()), f"{name}_sha256": _hash(path)}
    return options


def _hash(path: Path) -> str:
    if path.is_file():
        return sha256_of(path)
    parts = [
        f"{item.relative_to(path)}={sha256_of(item)}" for item in sorted(path.rglob("*")) if item.is_file()
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
