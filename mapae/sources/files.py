"""Which files are meant: arguments to a sorted list of files, known by the end of their names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from mapae.errors import InputError

__all__ = ["DOCUMENTS", "KNOWN", "PACKAGES", "expand", "sha256_of"]

KNOWN = (
    ".csv .tsv .tab .psv .jsonl .ndjson .json .parquet .pq .xlsx .xlsm .xls .ods .html .htm .xhtml .xml .rss .atom"
).split()
DOCUMENTS = (".md", ".markdown", ".txt", ".pdf")  # known where policies are read
PACKAGES = (".apk", ".xapk", ".apks", ".apkm", ".aab")  # known where apps are read
_PAGES = (".html", ".htm", ".xhtml", ".xml", ".rss", ".atom")  # beside an app they are its policy
_TABLE_LIMIT = 64 << 20  # bytes of a table that are looked through for names of packages
_PACKED = (".gz", ".zst")


def expand(inputs: Sequence[Path], kind: str | None = None) -> list[Path]:
    """Files as given; a folder stands for every file of a known type in it and below, sorted by path.

    Hidden files and folders are left out; a file met twice counts once. kind `policy`: documents are known too.
    Raises InputError for a path that is not there and for a folder without a file of a known type.
    """
    types = _types(kind)
    found: dict[Path, None] = {}
    for path in map(Path, inputs):
        if path.is_dir():
            files = _inside(path, types)
            found.update(dict.fromkeys(_apps(files) if kind == "app" else files))
        elif path.is_file() or path.exists():
            found[path] = None
        else:
            raise InputError("there is no such file", where=str(path), mend="check the name and the folder")
    if not found:
        raise InputError("no input was given", mend="name a file or a folder with files")
    return list(found)


def _types(kind: str | None) -> tuple[str, ...]:
    if kind == "policy":
        return (*KNOWN, *DOCUMENTS)
    return (
        (*PACKAGES, *(ending for ending in KNOWN if ending not in _PAGES)) if kind == "app" else tuple(KNOWN)
    )


def _apps(files: Sequence[Path]) -> list[Path]:
    """Packages and tables of apps: no label that lies beside its package, no package that a table names."""
    packages = {path for path in files if path.suffix.lower() in PACKAGES}
    stems = {path.with_suffix("") for path in packages}
    tables = [path for path in files if path not in packages and not stems.intersection(_shortened(path))]
    text = b"\n".join(path.open("rb").read(_TABLE_LIMIT) for path in tables)
    return [path for path in files if path in tables or (path in packages and path.name.encode() not in text)]


def _shortened(path: Path) -> Iterator[Path]:
    """The path without its last ending, without its last two, and so on: `com.shop.label.json` lies beside `com.shop.apk`."""
    while path.suffix:
        path = path.with_suffix("")
        yield path


def _inside(folder: Path, types: Sequence[str]) -> list[Path]:
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and _known(path, types)
        and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    ]
    if not files:
        raise InputError(
            "the folder has no file of a known type",
            where=str(folder),
            mend=f"known are {' '.join(types)}, each also with .gz or .zst",
        )
    return files


def _known(path: Path, types: Sequence[str]) -> bool:
    name = path.name.lower()
    for packed in _PACKED:
        name = name.removesuffix(packed)
    return Path(name).suffix in types


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of the file's bytes, read in a stream."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
