"""`mapae desk export`: cases leave as tables, letters and evidence with a manifest; personal data only when asked for."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from mapae.cli.desk import app
from mapae.desk.audit.models import AuditEntry
from mapae.desk.audit.verify import verify
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case
from mapae.desk.export import Wanted, export
from mapae.desk.export_rows import COLUMNS
from mapae.desk.verification.looks import look_at
from mapae.errors import InputError, UsageError
from tests.desk.answered import contest
from tests.desk.looking import fetcher, page, served_case, shop

pytestmark = pytest.mark.django_db
SECRET = "정식 판매 계약이 있습니다 (예시)"  # what tests.desk.answered.contested says


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    """A served case with a letter, a capture, a contest with a file, and a note that a person wrote."""
    with shop({"/item/L-1001": page("=cmd|' /C calc'!A0")}) as address:
        made, _document = served_case(world, address)
        looks = list(look_at(made.items.filter(subject_id="L-1001"), fetcher()))
        run("verify", None, made, looks=looks)
    made.items.filter(subject_id="L-1002").update(title="=HYPERLINK(1)")
    found = contest(world, made, made.items.get(subject_id="L-1002"))
    found.files.add(evidence.keep(b"invoice of somebody", "text/plain", name="invoice.txt"))
    run("note", world.sora, made, text="전화로 홍길동(예시)과 통화")
    made.refresh_from_db()
    return made


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_holds_tables_letters_evidence_and_a_manifest_that_is_true(
    case: Case, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    told = export(out, Wanted())
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert (manifest["cases"], manifest["personal"]) == (1, False) and manifest == told
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files == {*manifest["files"], "manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    (letter,) = (out / "letters").iterdir()
    assert letter.read_bytes().startswith(b"%PDF-")
    assert letter.stem == case.documents.get().code
    (row,) = table(out, "cases")
    assert (row["case"], row["operator"], row["state"]) == (case.number, "lumibay", case.state)
    assert {each["subject_id"] for each in table(out, "items")} == {"L-1001", "L-1002"}
    assert "takedown_report" in {each["clock"] for each in table(out, "clocks")}
    whole = json.loads((out / "cases" / f"{case.number}.json").read_text("utf-8"))
    assert set(whole) == {*COLUMNS, "evidence"} and len(whole["events"]) == case.events.count()


def test_captures_are_warc_files_named_by_their_hash(case: Case, tmp_path: Path) -> None:
    export(tmp_path / "out", Wanted())
    (warc,) = (tmp_path / "out" / "evidence").glob("*.warc.gz")
    assert hashlib.sha256(warc.read_bytes()).hexdigest() == warc.name.partition(".")[0]
    records = list(ArchiveIterator(io.BytesIO(warc.read_bytes())))
    assert [record.rec_type for record in records] == ["warcinfo", "response", "request"]
    (row,) = [
        each for each in table(tmp_path / "out", "evidence") if each["media_type"] == "application/warc"
    ]
    assert (row["file"], row["login"], row["language"]) == (f"evidence/{warc.name}", "none", "ko")


def test_personal_data_stay_out_unless_asked_for_and_then_somebody_is_named(
    case: Case, world: SimpleNamespace, tmp_path: Path
) -> None:
    export(tmp_path / "without", Wanted())
    everything = b"".join(
        path.read_bytes() for path in (tmp_path / "without").rglob("*.*") if path.suffix != ".pdf"
    )
    for secret in (SECRET, "홍길동", "Minjun", "Sora", "반짝상회", "invoice of somebody"):
        assert secret.encode() not in everything, secret
    (left,) = [each for each in table(tmp_path / "without", "evidence") if each["left_out"]]
    assert left["file"] == ""
    last = AuditEntry.objects.latest("seq")
    assert (last.kind, last.actor, last.data["personal"]) == ("export_cases", "export", False)
    with pytest.raises(UsageError, match="only by somebody"):
        export(tmp_path / "with", Wanted(), personal=True)
    export(tmp_path / "with", Wanted(), personal=True, by=world.sora)
    (row,) = table(tmp_path / "with", "contests")
    assert (row["text"], row["ground"]) == (SECRET, "authorised")
    assert any("홍길동" in each["words"] for each in table(tmp_path / "with", "events"))
    assert (tmp_path / "with" / "evidence" / left["sha256"]).read_bytes() == b"invoice of somebody"
    kinds = [(each.kind, each.actor, each.subject) for each in AuditEntry.objects.order_by("-seq")[:2]]
    who = f"user:{world.sora.pk}"
    assert kinds == [("read_personal", who, f"case:{case.pk}"), ("export_cases", who, "export")]
    assert verify().faults == ()


def test_no_cell_begins_a_formula_and_json_keeps_the_words_as_they_were(case: Case, tmp_path: Path) -> None:
    export(tmp_path / "out", Wanted())
    titles = {each["subject_id"]: each["title"] for each in table(tmp_path / "out", "items")}
    assert titles["L-1002"] == "'=HYPERLINK(1)"
    whole = json.loads((tmp_path / "out" / "cases" / f"{case.number}.json").read_text("utf-8"))
    assert "=HYPERLINK(1)" in {each["title"] for each in whole["items"]}
    for path in (tmp_path / "out" / "tables").glob("*.csv"):
        for row in csv.reader(path.read_text("utf-8-sig").splitlines()):
            assert not [cell for cell in row if cell[:1] in ("=", "@", "+")]


def test_a_zip_holds_the_same_files(case: Case, tmp_path: Path) -> None:
    manifest = export(tmp_path / "out.zip", Wanted())
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert set(packed.namelist()) == {*manifest["files"], "manifest.json"}
        assert all(
            hashlib.sha256(packed.read(name)).hexdigest() == sha for name, sha in manifest["files"].items()
        )


def test_what_was_exported_is_readable_by_its_owner_only(case: Case, tmp_path: Path) -> None:
    for name in ("out", "out.zip"):
        export(tmp_path / name, Wanted())
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_cases_are_chosen_by_number_operator_and_period(
    case: Case, world: SimpleNamespace, tmp_path: Path
) -> None:
    other = run("open", world.sora, operator=world.dalmart, matter="hazardous_goods", title="예시")
    today = case.opened_at.date()
    for number, (wanted, cases) in enumerate(
        [
            (Wanted(numbers=[other.number]), 1),
            (Wanted(operator="lumibay"), 1),
            (Wanted(first=today - timedelta(days=1), last=today + timedelta(days=1)), 2),
        ]
    ):
        assert export(tmp_path / str(number), wanted)["cases"] == cases
    for wrong in (Wanted(numbers=["2026-X-1"]), Wanted(operator="nobody"), Wanted(last=date(2001, 1, 1))):
        with pytest.raises(UsageError):
            export(tmp_path / "none", wrong)
    with pytest.raises(UsageError, match="already"):
        export(tmp_path / "0", Wanted())


def test_evidence_that_was_changed_ends_the_export_and_leaves_nothing(case: Case, tmp_path: Path) -> None:
    kept = case.items.get(subject_id="L-1001").evidence.get(warc=True)
    whole = evidence.read(kept)
    evidence.place(kept.sha256).write_bytes(b"changed")
    with pytest.raises(InputError, match="was changed"):
        export(tmp_path / "out", Wanted())
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []
    assert not AuditEntry.objects.filter(kind="export_cases").exists()
    evidence.place(kept.sha256).write_bytes(whole)


def test_the_command_writes_and_says_how_much(case: Case, world: SimpleNamespace, tmp_path: Path) -> None:
    words = [
        "export",
        str(tmp_path / "x.zip"),
        "--case",
        case.number,
        "--with-personal",
        "--by",
        world.sora.email,
    ]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    assert "1 cases" in answer.output
    for by in ("nobody@desk.example", world.minjun.email):
        answer = CliRunner().invoke(app, ["export", str(tmp_path / "y"), "--with-personal", "--by", by])
        assert isinstance(answer.exception, UsageError)


def test_what_was_uploaded_by_an_agent_is_left_out_too(
    case: Case, world: SimpleNamespace, tmp_path: Path
) -> None:
    from mapae.desk.uploads import keep_upload

    upload: Any = ContentFile("서명: 홍길동 (예시)".encode(), name="letter.txt")
    answer = case.items.get(subject_id="L-1002").answers.first()
    answer.files.add(keep_upload(upload, by=world.minjun))
    export(tmp_path / "out", Wanted())
    assert len([each for each in table(tmp_path / "out", "evidence") if each["left_out"]]) == 2
