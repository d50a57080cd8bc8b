"""Pictures as hashes: files opened by several processes, and tables that hold hashes already; what cannot be read is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mapae.app.image_tables import TABLES, read_table
from mapae.detect.pdq import LEAST_QUALITY, pdq, pdq_turned
from mapae.detect.pictures import BANKS, Words, words_of
from mapae.detect.pictures.opened import Grey, grey_of
from mapae.detect.pictures.points import Points, points_of
from mapae.errors import InputError
from mapae.processes import single_threads, workers_context

__all__ = ["PICTURE_FILES", "Chunk", "ImageInputs", "Look", "find_files", "over_processes"]

T = TypeVar("T")

PICTURE_FILES = (".jpg", ".jpeg", ".jfif", ".jpe", ".png", ".webp", ".gif", ".bmp", ".avif")
_NOT_OPENED = (".heic", ".heif", ".svg", ".tif", ".tiff", ".jp2", ".psd", ".ico")  # left out with a word
_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")  # of pictures whose name does not say so
_TASK = 8  # pictures that a process opens at a time
_CHUNK = 4096
_FEW = 16  # so few pictures are opened by this process


class Chunk(NamedTuple):
    """rows: picture_id, bank, brand, note, source of each; words: (n, 4) hashes; turns: (n, 8, 4) the hashes of its turned
    forms where the picture was opened; points: of each picture those of as many forms as were asked for."""

    rows: pa.Table
    words: Words
    turns: Words | None = None
    points: tuple[tuple[Points, ...], ...] = ()


class Look(NamedTuple):
    """What is wanted of each picture: forms: the hashes, and points, of its turned forms too; points: its points."""

    forms: bool = False
    points: bool = False


class _Opened(NamedTuple):
    hashes: tuple[str, ...]
    points: tuple[Points, ...]
    reason: str


_LOST = _Opened((), (), "the picture ended the process that opened it")


@dataclass
class ImageInputs:
    """Files and tables as chunks of hashes. rejects: what was left out so far, as {input, line, column, reason, raw}.

    bank, brand: of pictures whose table does not say; look: what is wanted of each picture.
    """

    files: Sequence[tuple[Path, str]]
    workers: int = 1
    bank: str = "fakes"
    brand: str = ""
    look: Look = field(default_factory=Look)
    progress: Callable[[str], None] = lambda _: None
    rejects: list[dict[str, Any]] = field(default_factory=list)
    read: int = 0

    def chunks(self) -> Iterator[Chunk]:
        """Tables first, then pictures, in order."""
        for path, _ in self.files:
            if path.suffix.lower() in TABLES:
                yield from self._of_table(path)
        pictures = [pair for pair in self.files if pair[0].suffix.lower() not in TABLES]
        yield from self._of_pictures(pictures)

    def _of_table(self, path: Path) -> Iterator[Chunk]:
        line = 2 if path.suffix.lower() == ".csv" else 1
        for table in self._tables(path):
            good, words = words_of(table["image_hash"].combine_chunks())
            bad = np.setdiff1d(np.arange(len(table)), good)
            for row, cell in zip(
                bad.tolist(), table["image_hash"].take(pa.array(bad)).to_pylist(), strict=True
            ):
                self._reject(str(path), "no hash of 64 hex digits", line + row, "image_hash", str(cell or ""))
            self.read += len(table)
            line += len(table)
            yield self._of_banks(Chunk(self._named(table.take(pa.array(good)), str(path)), words))
            self.progress(f"{self.read:,} pictures read")

    def _tables(self, path: Path) -> Iterator[pa.Table]:
        """The table's batches; one that cannot be read is left out where there are other files."""
        try:
            yield from read_table(path)
        except InputError as error:
            if len(self.files) == 1:
                raise
            self._reject(str(path), error.what)

    def _of_banks(self, chunk: Chunk) -> Chunk:
        """The chunk without rows of banks that there are none of."""
        known = np.asarray(pa.compute.is_in(chunk.rows["bank"], pa.array(BANKS)))
        for row in chunk.rows.filter(pa.array(~known)).to_pylist():
            self._reject(row["source"], f"no bank: one of {', '.join(BANKS)}", 0, "bank", str(row["bank"]))
        return Chunk(chunk.rows.filter(pa.array(known)), chunk.words[known])

    def _named(self, table: pa.Table, source: str) -> pa.Table:
        """The table's own names, with bank, brand and source where it has none."""
        columns = {"picture_id": table["picture_id"]}
        for name, usual in (("bank", self.bank), ("brand", self.brand), ("note", ""), ("source", source)):
            usual_column = pa.array([usual] * len(table), pa.string())
            own = table[name] if name in table.column_names else usual_column
            columns[name] = pa.compute.coalesce(own, usual_column)
        return pa.table(columns)

    def _of_pictures(self, pictures: Sequence[tuple[Path, str]]) -> Iterator[Chunk]:
        names: list[str] = []
        opened: list[_Opened] = []
        for (path, name), found in zip(pictures, self._opened([path for path, _ in pictures]), strict=True):
            self.read += 1
            if found.reason:
                self._reject(str(path), found.reason)
                continue
            names.append(name)
            opened.append(found)
            if len(names) == _CHUNK:
                yield self._chunk(names, opened)
                names, opened = [], []
        if names:
            yield self._chunk(names, opened)

    def _chunk(self, names: list[str], opened: list[_Opened]) -> Chunk:
        self.progress(f"{self.read:,} pictures read")
        flat = pa.array([text for each in opened for text in each.hashes])
        turns = words_of(flat)[1].reshape(len(opened), -1, 4)
        rows = self._named(pa.table({"picture_id": names}), "file")
        points = tuple(each.points for each in opened) if self.look.points else ()
        return Chunk(rows, np.ascontiguousarray(turns[:, 0]), turns if self.look.forms else None, points)

    def _opened(self, paths: Sequence[Path]) -> Iterator[_Opened]:
        work = partial(_open, look=self.look)
        if len(paths) <= _FEW or self.workers == 1:
            yield from map(work, paths)
            return
        with single_threads():
            yield from over_processes(paths, work, _LOST, self.workers)

    def _reject(self, where: str, reason: str, line: int = 0, column: str = "", raw: str = "") -> None:
        self.rejects.append(
            {"input": where, "line": line, "column": column or None, "reason": reason, "raw": raw[:200]}
        )


def find_files(inputs: Sequence[Path]) -> list[tuple[Path, str]]:
    """(file, name) of every picture and table below folders, sorted, and of every file named itself.

    A picture's name is its path below the folder; one without an ending of its own is known by its first bytes.
    InputError where nothing is found.
    """
    found: list[tuple[Path, str]] = []
    for place in inputs:
        if place.is_dir():
            inside = sorted(path for path in place.rglob("*") if path.is_file() and _wanted(path))
            found += [(path, path.relative_to(place).as_posix()) for path in inside]
        elif place.is_file():
            found.append((place, place.name))
        else:
            raise InputError("there is no such file or folder", where=str(place))
    if not found:
        raise InputError(
            "there is no picture and no table of hashes",
            where=str(inputs[0]),
            mend=f"known types: {', '.join((*PICTURE_FILES, *TABLES))}",
        )
    return found


def _wanted(path: Path) -> bool:
    if path.suffix.lower() in (*PICTURE_FILES, *_NOT_OPENED, *TABLES):
        return True
    try:
        with path.open("rb") as file:
            return file.read(4).startswith(_STARTS)
    except OSError:
        return False


def over_processes(paths: Sequence[Path], work: Callable[[Path], T], lost: T, workers: int) -> Iterator[T]:
    """`work` of each path in order, by processes, with few paths waiting at a time.

    Where a path ends its process, the paths of its task are done one by one, and that one gives `lost`.
    """
    tasks = iter([tuple(paths[at : at + _TASK]) for at in range(0, len(paths), _TASK)])
    waiting: deque[tuple[tuple[Path, ...], Future[list[T]]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for task in islice(tasks, max(0, 4 * workers - len(waiting))):
                waiting.append((task, pool.submit(_each, work, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                yield from (_apart(work, path, lost) for path in task)
                pool = _pool(workers)
                waiting = deque((each, pool.submit(_each, work, each)) for each, _ in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _apart(work: Callable[[Path], T], path: Path, lost: T) -> T:
    with _pool(1) as pool:
        try:
            return pool.submit(work, path).result()
        except BrokenProcessPool:
            return lost


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=workers, mp_context=workers_context())


def _each(work: Callable[[Path], T], paths: tuple[Path, ...]) -> list[T]:
    return [work(path) for path in paths]


def _open(path: Path, look: Look) -> _Opened:
    """A picture's hashes, or why it has none."""
    try:
        grey = grey_of(path)
    except InputError as error:
        return _Opened((), (), f"{error.what}: {error.where}" if error.where else error.what)
    except MemoryError:
        return _Opened((), (), "there is not enough memory to open the picture")
    hashes, quality = pdq_turned(grey) if look.forms else _alone(grey)
    if quality < LEAST_QUALITY:
        return _Opened(
            (), (), f"the picture shows too little to be told from others: quality {quality} of 100"
        )
    shown = (grey, grey[:, ::-1]) if look.forms else (grey,)
    return _Opened(hashes, tuple(points_of(form) for form in shown if look.points), "")


def _alone(grey: Grey) -> tuple[tuple[str, ...], int]:
    found, quality = pdq(grey)
    return (found,), quality
