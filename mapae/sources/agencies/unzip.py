"""A data file that comes in a ZIP archive, as bulk downloads do, unpacked for as long as it is read."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mapae.errors import InputError

__all__ = ["unzipped"]

_LARGEST = 2 << 30  # bytes that the file may unpack to
_DATA = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xml", ".xlsx", ".xls", ".parquet")
_WORKBOOKS = {"[Content_Types].xml", "content.xml"}
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError)


@contextmanager
def unzipped(path: Path) -> Iterator[Path]:
    """The file itself; of an archive that is no workbook, its one data file.

    InputError where it has several, one above 2 GiB, or is damaged or locked.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            yield path
            return
    with tempfile.TemporaryDirectory() as folder:
        yield _unpacked(path, Path(folder)) or path


def _unpacked(path: Path, folder: Path) -> Path | None:
    """The one data file of the archive in the folder; None for a workbook and for an archive without data."""
    try:
        with zipfile.ZipFile(path) as archive:
            if _WORKBOOKS & set(archive.namelist()):
                return None
            inside = [item for item in archive.infolist() if item.filename.lower().endswith(_DATA)]
            if not inside:
                return None
            if len(inside) > 1:
                raise _refused(path, f"the ZIP archive has {len(inside)} data files")
            target = folder / Path(inside[0].filename).name
            with archive.open(inside[0]) as packed, target.open("wb") as copy:
                size = 0
                while piece := packed.read(1 << 20):
                    size += len(piece)
                    if size > _LARGEST:
                        raise _refused(path, "the file in the ZIP archive has more than 2 GiB")
                    copy.write(piece)
            return target
    except _FAULTS as error:
        raise _refused(path, f"the ZIP archive is damaged or locked: {error}") from error


def _refused(path: Path, what: str) -> InputError:
    return InputError(what, where=str(path), mend="unpack it and give the file inside")
