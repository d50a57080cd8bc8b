"""Exports cases into a folder or a zip file: tables as JSON and CSV, letters, evidence by hash, a manifest of SHA-256."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases import evidence
from mapae.desk.cases.models import Case, Evidence
from mapae.desk.export_rows import COLUMNS, Row, evidence_of, rows_of, sent_in
from mapae.errors import UsageError
from mapae.report.safe import safe_cell

__all__ = ["Wanted", "export", "person", "wanted_cases"]

_ENDINGS = {
    "application/warc": ".warc.gz",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}
_EVIDENCE = (
    "case", "sha256", "file", "media_type", "size", "url", "rung", "login", "language", "captured_at", "left_out",
)  # fmt: skip
_READ_ME = """Cases exported by Mapae.
tables/*.csv        one row each, all cases together; cells that a spreadsheet would run begin with an apostrophe
cases/NUMBER.json   one case with all its tables
letters/CODE.pdf    letters as they were approved
evidence/SHA-256    kept files by their SHA-256; pages are WARC files (ISO 28500)
manifest.json       SHA-256 of every other file (check: sha256sum)
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases. numbers: by number; operator: key; first, last: days in Korea on which they were opened, both included;
    nothing given: every case."""

    numbers: Sequence[str] = ()
    operator: str = ""
    first: date | None = None
    last: date | None = None


def wanted_cases(wanted: Wanted) -> QuerySet[Case]:
    """The cases, by number. UsageError for a number that no case has, and where no case is left."""
    found = Case.objects.order_by("number")
    if wanted.numbers:
        found = found.filter(number__in=wanted.numbers)
        missing = sorted(set(wanted.numbers) - set(found.values_list("number", flat=True)))
        if missing:
            raise UsageError(f"no such case: {missing[0]}", where="--case", mend="name it as its page does")
    if wanted.operator:
        found = found.filter(operator__key=wanted.operator)
    if wanted.first:
        found = found.filter(opened_at__date__gte=wanted.first)
    if wanted.last:
        found = found.filter(opened_at__date__lte=wanted.last)
    if not found.exists():
        raise UsageError("no case is in this selection", where="export", mend="widen it")
    return found


def person(email: str) -> User:
    """The person of that address who reads cases; UsageError where nobody does."""
    found = User.objects.filter(email=email.lower(), is_active=True, role__in=("officer", "auditor")).first()
    if found is None:
        raise UsageError(
            f"no officer or auditor has the address {email}", where="--by", mend="name one who has"
        )
    return found


def export(target: Path, wanted: Wanted, *, by: User | None = None, personal: bool = False) -> dict[str, Any]:
    """Write the folder, or the zip file where the name ends so; what its manifest says. It is an entry of the audit log,
    with personal data also one for each case, by name.

    UsageError where the target is there already, or personal data are to be exported by nobody; InputError where evidence
    is missing or was changed.
    """
    if target.exists():
        raise UsageError("it is there already", where=str(target), mend="name a new folder or file")
    if personal and by is None:
        raise UsageError(
            "personal data leave only by somebody", where="--with-personal", mend="add --by E-MAIL"
        )
    cases = wanted_cases(wanted).select_related("operator", "lead", "owner")
    draft = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory() as place, _opened(draft, packed=target.suffix == ".zip") as out:
        count = _fill(out, cases, Path(place), personal)
        manifest = _manifest(wanted, count, personal, out.hashes)
        out.add("manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False).encode())
        _record(by, cases, manifest, personal)
    draft.replace(target)
    return manifest


class _Out:
    """Where files go, with the SHA-256 of each. put: writes one."""

    def __init__(self, put: Callable[[str, bytes], None]) -> None:
        self._put, self.hashes = put, dict[str, str]()

    def add(self, name: str, content: bytes) -> None:
        """Write a file, once."""
        if name not in self.hashes:
            self.hashes[name] = hashlib.sha256(content).hexdigest()
            self._put(name, content)


class _opened:  # noqa: N801 (a context)
    """The draft, readable by its owner only; removed again where it was not finished."""

    def __init__(self, draft: Path, *, packed: bool) -> None:
        self._draft, self._packed = draft, packed
        self._zip: zipfile.ZipFile | None = None

    def __enter__(self) -> _Out:
        _remove(self._draft)
        if self._packed:
            self._draft.parent.mkdir(parents=True, exist_ok=True)
            self._draft.touch(mode=0o600)
            self._zip = zipfile.ZipFile(self._draft, "w", zipfile.ZIP_DEFLATED)
            return _Out(self._zip.writestr)
        self._draft.mkdir(mode=0o700, parents=True)
        return _Out(self._write)

    def __exit__(self, kind: object, *_rest: object) -> None:
        if self._zip is not None:
            self._zip.close()
        if kind is not None:
            _remove(self._draft)

    def _write(self, name: str, content: bytes) -> None:
        path = self._draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def _fill(out: _Out, cases: QuerySet[Case], place: Path, personal: bool) -> int:
    """Everything but the manifest; how many cases."""
    out.add("README.txt", _READ_ME.encode())
    count = 0
    with ExitStack() as stack:
        tables = {
            name: _Table(stack, place / name, columns)
            for name, columns in {**COLUMNS, "evidence": _EVIDENCE}.items()
        }
        for case in cases.iterator(chunk_size=200):
            rows = rows_of(case, personal=personal)
            rows["evidence"] = list(_evidence(out, case, personal))
            for name, found in rows.items():
                tables[name].write(found)
            body = json.dumps(rows, indent=1, ensure_ascii=False)
            out.add(f"cases/{case.number}.json", body.encode())
            count += 1
    for name in tables:
        out.add(f"tables/{name}.csv", (place / name).read_bytes())
    return count


class _Table:
    """A CSV file that rows are added to; UTF-8 with a byte order mark, no cell begins a formula."""

    def __init__(self, stack: ExitStack, path: Path, columns: Sequence[str]) -> None:
        self._columns = columns
        file: IO[str] = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        self._writer = csv.writer(file)
        self._writer.writerow(columns)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._writer.writerows([_cell(row.get(name, "")) for name in self._columns] for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        return safe_cell(json.dumps(value, ensure_ascii=False, sort_keys=True)) if value else ""
    return safe_cell(value)


def _evidence(out: _Out, case: Case, personal: bool) -> Iterator[Row]:
    """Write the case's kept files; a row each. What agents and sellers sent is left out with personal data."""
    held = set() if personal else set(sent_in(case).values_list("pk", flat=True))
    letters = dict(case.documents.filter(pdf__isnull=False).values_list("pdf", "code"))
    for each in evidence_of(case):
        left_out = each.pk in held
        name = "" if left_out else _name(each, letters.get(each.pk, ""))
        if name:
            out.add(name, evidence.read(each))
        yield {
            "case": case.number, "sha256": each.sha256, "file": name, "media_type": each.media_type,
            "size": each.size, "url": each.url, "rung": each.rung, "login": each.login, "language": each.language,
            "captured_at": each.captured_at.isoformat(), "left_out": "sent by a party" if left_out else "",
        }  # fmt: skip


def _name(each: Evidence, letter: str) -> str:
    if letter:
        return f"letters/{letter}.pdf"
    return f"evidence/{each.sha256}{_ENDINGS.get(each.media_type, '')}"


def _manifest(wanted: Wanted, count: int, personal: bool, hashes: dict[str, str]) -> dict[str, Any]:
    return {
        "made_at": localtime(clock.now()).isoformat(timespec="seconds"),
        "selection": {
            "cases": list(wanted.numbers), "operator": wanted.operator,
            "from": wanted.first.isoformat() if wanted.first else "", "to": wanted.last.isoformat() if wanted.last else "",
        },
        "cases": count,
        "personal": personal,
        "files": dict(sorted(hashes.items())),
    }  # fmt: skip


def _record(by: User | None, cases: QuerySet[Case], manifest: dict[str, Any], personal: bool) -> None:
    """Before the file gets its name: what cannot be recorded is not exported."""
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:32]
    who = by or "export"
    with transaction.atomic():
        record(who, "export_cases", "export", cases=manifest["cases"], personal=personal, digest=digest)
        for pk in cases.values_list("pk", flat=True) if personal else ():
            record(who, "read_personal", f"case:{pk}", export=digest)
