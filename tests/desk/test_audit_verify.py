"""`mapae desk verify-audit`: whatever was altered behind the triggers is found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from typer.testing import CliRunner

from mapae.cli.desk import app
from mapae.desk import clock
from mapae.desk.audit.heads import read_heads, stamp, stamp_daily
from mapae.desk.audit.models import START, AuditEntry, AuditHead, link, record
from mapae.desk.audit.verify import verify
from mapae.errors import InputError, UsageError

pytestmark = pytest.mark.django_db
TABLE = "audit_auditentry"


@pytest.fixture
def log() -> None:
    """Ten entries, the triggers taken away as an intruder with the database's password would."""
    for number in range(10):
        record("import", "import_run", f"run:{number}", findings=number, share=0.5)
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {TABLE}_no_{verb}{on}")


def told() -> list[tuple[int, str]]:
    return [(fault.seq, fault.kind) for fault in verify().faults]


def make_anew(start: int) -> None:
    """Give all entries from `start` on links that fit, and the head too."""
    before = AuditEntry.objects.get(seq=start - 1).chain if start > 1 else START
    for row in AuditEntry.objects.filter(seq__gte=start).order_by("seq"):
        before = link(before, row.seq, row.at, row.actor, row.kind, row.subject, row.data)
        AuditEntry.objects.filter(pk=row.pk).update(chain=before)
    last = AuditEntry.objects.order_by("-seq")[0]
    AuditHead.objects.update(seq=last.seq, chain=last.chain)


def test_a_log_that_nobody_touched_has_no_faults(log: None) -> None:
    report = verify()
    assert (report.entries, report.last, report.faults) == (10, 10, ())


def test_an_empty_log_has_no_faults() -> None:
    assert verify().faults == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "user:7"),
        ("kind", "other"),
        ("subject", "run:99"),
        ("data", {"findings": 3}),
        ("chain", "f" * 64),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("seq", [1, 5])
def test_a_changed_field_is_found(log: None, field: str, value: object, seq: int) -> None:
    AuditEntry.objects.filter(seq=seq).update(**{field: value})
    assert (seq, "changed") in told()


def test_a_moment_that_is_none_any_more_is_found_too(log: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # whose columns take no such thing
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"UPDATE {TABLE} SET at = 'yesterday morning' WHERE seq = 4")
            return
        cursor.execute(f"UPDATE {TABLE} SET at = 'yesterday morning' WHERE seq IN (4, 7)")
    assert told() == [(4, "changed"), (7, "changed")]


def test_a_changed_last_entry_is_found_even_with_a_link_that_fits(log: None) -> None:
    AuditEntry.objects.filter(seq=10).update(actor="user:7")
    before, row = AuditEntry.objects.get(seq=9), AuditEntry.objects.get(seq=10)
    row_chain = link(before.chain, 10, row.at, row.actor, row.kind, row.subject, row.data)
    AuditEntry.objects.filter(seq=10).update(chain=row_chain)
    assert told() == [(10, "changed")]


def test_a_changed_entry_with_a_link_that_fits_breaks_the_next(log: None) -> None:
    AuditEntry.objects.filter(seq=4).update(actor="user:7")
    before, row = AuditEntry.objects.get(seq=3), AuditEntry.objects.get(seq=4)
    row_chain = link(before.chain, 4, row.at, row.actor, row.kind, row.subject, row.data)
    AuditEntry.objects.filter(seq=4).update(chain=row_chain)
    assert told() == [(5, "changed")]


@pytest.mark.parametrize("seq", range(1, 11))
def test_a_removed_entry_is_found_wherever_it_stood(log: None, seq: int) -> None:
    AuditEntry.objects.filter(seq=seq).delete()
    assert told() == [(seq, "removed")]


def test_removing_the_tail_or_everything_is_found(log: None) -> None:
    AuditEntry.objects.filter(seq__gt=7).delete()
    assert told() == [(8, "removed")]
    AuditEntry.objects.all().delete()
    assert told() == [(1, "removed")]


def test_an_entry_behind_the_end_is_found(log: None) -> None:
    last = AuditEntry.objects.get(seq=10)
    value = link(last.chain, 11, last.at, "user:7", "other", "case:1", {})
    AuditEntry.objects.create(
        seq=11, at=last.at, actor="user:7", kind="other", subject="case:1", data={}, chain=value
    )
    assert told() == [(11, "inserted")]


def test_an_entry_before_the_first_is_found(log: None) -> None:
    first = AuditEntry.objects.get(seq=1)
    AuditEntry.objects.create(seq=0, at=first.at, actor="user:7", kind="x", subject="y", data={}, chain="0")
    assert told() == [(0, "inserted")]


def test_an_entry_pushed_in_between_is_found(log: None) -> None:
    for row in AuditEntry.objects.filter(seq__gte=6).order_by("-seq"):
        AuditEntry.objects.filter(pk=row.pk).update(seq=row.seq + 1)
    row = AuditEntry.objects.get(seq=5)
    value = link(row.chain, 6, row.at, "user:7", "x", "y", {})
    AuditEntry.objects.create(seq=6, at=row.at, actor="user:7", kind="x", subject="y", data={}, chain=value)
    assert told()[0] == (7, "changed")
    assert (11, "inserted") in told()


def test_two_entries_that_changed_places_are_found(log: None) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        AuditEntry.objects.filter(seq=old).update(seq=new)
    assert (3, "changed") in told()


def test_a_log_written_anew_from_an_entry_on_differs_from_a_head_kept_outside(
    log: None, tmp_path: Path
) -> None:
    kept = stamp(tmp_path)
    AuditEntry.objects.filter(seq=4).update(actor="user:7")
    make_anew(4)
    assert not verify().faults
    (fault,) = verify(read_heads(tmp_path)).faults
    assert (fault.seq, fault.kind) == (10, "rewritten")
    assert kept.name in fault.why


def test_a_tail_cut_off_with_its_head_differs_from_a_head_kept_outside(log: None, tmp_path: Path) -> None:
    stamp(tmp_path)
    AuditEntry.objects.filter(seq__gt=7).delete()
    make_anew(7)
    (fault,) = verify(read_heads(tmp_path)).faults
    assert (fault.seq, fault.kind) == (8, "removed")
    assert "names entry 10; the log ends at 7" in fault.why


def test_a_head_is_kept_once_a_day_and_stays_true_as_the_log_grows(tmp_path: Path, db: None) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False) as now:
        record("import", "import_run", "run:1")
        first = stamp(tmp_path)
        before = first.read_bytes()
        record("import", "import_run", "run:2")
        assert stamp(tmp_path) == first
        assert first.read_bytes() == before
        now.shift(86_400)
        assert stamp(tmp_path).name == "2026-11-26.json"
        report = verify(read_heads(tmp_path))
    assert (report.heads, report.faults) == (2, ())


def test_a_file_that_is_no_head_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "2026-11-25.json").write_text(json.dumps({"seq": 1}), "utf-8")
    with pytest.raises(InputError, match="not a head"):
        read_heads(tmp_path)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_or_remove_an_entry(verb: str) -> None:
    record("import", "import_run", "run:1")
    entries = AuditEntry.objects.filter(seq=1)
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        entries.update(actor="user:7") if verb == "update" else entries.delete()
    assert AuditEntry.objects.get(seq=1).actor == "import"


def test_only_so_many_faults_are_told(log: None) -> None:
    AuditEntry.objects.update(chain="f" * 64)
    assert len(verify(most=3).faults) == 3


def test_the_worker_keeps_heads_but_a_training_desk_does_not(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))
    record("import", "import_run", "run:1")
    settings.TRAINING = True
    stamp_daily(clock.now())
    assert not read_heads()
    settings.TRAINING = False
    stamp_daily(clock.now())
    assert [head.seq for head in read_heads()] == [1]


def test_the_command_ends_with_1_where_something_is_wrong(log: None) -> None:
    assert CliRunner().invoke(app, ["verify-audit"]).exit_code == 0
    AuditEntry.objects.filter(seq=5).update(actor="user:7")
    answer = CliRunner().invoke(app, ["verify-audit"])
    assert answer.exit_code == 1
    assert "entry 5: changed" in answer.output


def test_a_database_without_the_tables_of_this_version_is_told_with_the_remedy(db: None) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="merchants", name="0002_replies").delete()
    result = CliRunner().invoke(app, ["verify-audit"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.mend == "mapae desk migrate"
