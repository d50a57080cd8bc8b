"""Heads of the audit log are stamped with the time by an authority outside (RFC 3161), so that the keeper is bound too."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from mapae.cli.desk import app
from mapae.desk import environment
from mapae.desk.audit import heads
from mapae.desk.audit.authority import ask, holds, read_roots
from mapae.desk.audit.check import check
from mapae.desk.audit.models import AuditEntry, record
from mapae.desk.audit.stamps import add_stamps, read_stamps, unstamped
from mapae.errors import InputError, UsageError
from tests.desk.calling import bearer, get
from tests.desk.people import PASSWORD
from tests.desk.timestamping import Authority, authority, made_authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def tsa(tmp_path: Path, settings: Any) -> Iterator[Authority]:
    """A desk in training mode, which asks an authority on this machine."""
    with authority(tmp_path / "tsa") as found:
        settings.TRAINING = True
        settings.STAMPING = environment.Stamping(found.url, found.roots)
        yield found


@pytest.fixture
def folder(tsa: Authority) -> Path:
    """The desk's heads: one of three entries, stamped."""
    for number in range(3):
        record("import", "import_run", f"run:{number}")
    heads.stamp()
    add_stamps(heads.folder())
    return heads.folder()


def test_a_stamp_lies_beside_its_head_and_holds(folder: Path, tsa: Authority) -> None:
    (stamp,) = read_stamps(folder, read_roots(tsa.roots))
    assert (stamp.why, folder / stamp.head) == ("", next(folder.glob("*.json")))
    assert stamp.at is not None and abs(datetime.now(UTC) - stamp.at) < timedelta(minutes=5)
    assert AuditEntry.objects.latest("seq").kind == "audit_stamped"
    found = check()
    assert (len(found.stamps), found.faults, found.unstamped, found.unchecked) == (1, (), (), 0)


def test_auditors_are_told_by_the_api_which_heads_have_a_stamp_that_holds(
    folder: Path, world: SimpleNamespace, settings: Any
) -> None:
    def told() -> tuple[str, bool]:
        (row,) = get("/audit/heads", bearer(world.yuna, "audit")).json()["kept"]
        return row["stamp"], row["stamped_at"] is not None

    assert told() == ("holds", True)
    (head,) = folder.glob("*.json")
    before = head.read_bytes()
    head.write_bytes(before + b" ")
    assert told() == ("broken", False)
    settings.STAMPING = environment.Stamping(settings.STAMPING.url, None)
    assert told() == ("unchecked", False)


def test_anyone_can_verify_a_stamp_without_the_desk(folder: Path, tsa: Authority) -> None:
    head = next(folder.glob("*.json"))
    words = ["openssl", "ts", "-verify", "-data", str(head), "-in", str(head.with_suffix(".tsr"))]
    done = subprocess.run([*words, "-CAfile", str(tsa.roots)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_head_is_stamped_once(folder: Path, tsa: Authority) -> None:
    assert (add_stamps(folder), tsa.asked, unstamped(folder)) == ([], 1, [])


def test_a_log_and_a_head_written_anew_do_not_fit_the_stamp(folder: Path) -> None:
    head = next(folder.glob("*.json"))
    row = json.loads(head.read_text("utf-8"))
    head.write_text(json.dumps({**row, "at": "2026-01-01T00:00:00+00:00"}), "utf-8")
    found = check()
    assert [(fault.seq, fault.kind) for fault in found.faults] == [(3, "stamp")]
    assert head.name in found.faults[0].why and found.stamps == ()


def test_a_stamp_that_leads_to_another_root_does_not_hold(folder: Path, tmp_path: Path) -> None:
    other = made_authority(tmp_path / "other")
    found = check(roots=other.roots)
    assert [fault.kind for fault in found.faults] == ["stamp"]


def test_a_stamp_that_is_broken_or_has_lost_its_head_is_told(folder: Path) -> None:
    head = next(folder.glob("*.json"))
    (folder / "2026-01-01.tsr").write_bytes(head.with_suffix(".tsr").read_bytes())
    head.with_suffix(".tsr").write_bytes(b"no stamp")
    told = [fault.why for fault in check().faults]
    assert len(told) == 2
    assert "is gone" in told[0] and "not a time-stamp" in told[1]


def test_without_a_root_stamps_are_said_to_be_unchecked(folder: Path, settings: Any) -> None:
    settings.STAMPING = environment.Stamping("", None)
    found = check()
    assert (found.unchecked, found.stamps, found.faults) == (1, (), ())


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((503, "text/plain", b"busy"), "answered 503"),
        ((200, "text/html", b"<html>"), "answered 200 text/html"),
        ((200, "application/timestamp-reply", b"0"), "not a time-stamp"),
        ((200, "application/timestamp-reply", b"0" * 300_000), "cannot be reached: more than"),
    ],
)
def test_what_is_no_stamp_is_refused_and_the_head_waits(
    tsa: Authority, reply: tuple[int, str, bytes], said: str
) -> None:
    record("import", "import_run", "run:1")
    heads.stamp()
    tsa.reply = reply
    with pytest.raises(InputError, match=said):
        add_stamps(heads.folder())
    assert len(unstamped(heads.folder())) == 1
    tsa.reply = None
    assert len(add_stamps(heads.folder())) == 1


def test_an_old_answer_played_again_is_refused(tsa: Authority) -> None:
    tsa.reply = (200, "application/timestamp-reply", ask(b"first", tsa.url, loopback=True))
    with pytest.raises(InputError, match="another request"):
        ask(b"first", tsa.url, loopback=True)


def test_an_authority_that_is_not_there_is_told(tsa: Authority) -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        ask(b"x", "http://127.0.0.1:9/", loopback=True)


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "169.254.169.254", "::1"])
def test_outside_training_only_public_addresses_are_asked(address: str) -> None:
    with pytest.raises(InputError, match="may not be asked"):
        ask(b"x", "http://tsa.example/", resolver=lambda _host, _port: [address])


def test_in_training_no_other_machine_is_asked() -> None:
    with pytest.raises(InputError, match="may not be asked"):
        ask(b"x", "http://tsa.example/", loopback=True, resolver=lambda _host, _port: ["93.184.216.34"])


def test_a_stamp_over_other_bytes_does_not_hold(tsa: Authority) -> None:
    stamp = ask(b"these", tsa.url, loopback=True)
    assert holds(stamp, b"these", read_roots(tsa.roots)).tzinfo is not None
    with pytest.raises(InputError, match="does not hold"):
        holds(stamp, b"those", read_roots(tsa.roots))


def test_nobody_is_asked_unless_the_settings_say_so(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.delenv("MAPAE_TSA", raising=False)
    monkeypatch.delenv("MAPAE_TSA_ROOTS", raising=False)
    assert environment.stamping() == environment.Stamping("", None)
    settings.STAMPING = environment.stamping()
    record("import", "import_run", "run:1")
    heads.stamp(tmp_path)
    assert add_stamps(tmp_path) == []
    monkeypatch.setenv("MAPAE_TSA", "ftp://tsa.example/")
    with pytest.raises(UsageError, match="no address"):
        environment.stamping()


def test_the_worker_has_heads_stamped_and_waits_after_a_failure(tsa: Authority, settings: Any) -> None:
    settings.TRAINING = False
    settings.STAMPING = environment.Stamping("http://localhost:9/", tsa.roots)
    heads._ASKED[0] = None
    record("import", "import_run", "run:1")
    now = datetime(2026, 11, 25, 3, tzinfo=UTC)
    with pytest.raises(InputError):
        heads.stamp_daily(now)
    heads.stamp_daily(now + timedelta(seconds=2))
    with pytest.raises(InputError):
        heads.stamp_daily(now + timedelta(minutes=11))
    heads._ASKED[0] = None


def test_the_command_tells_stamps_and_ends_by_what_it_found(folder: Path, tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["verify-audit", "--json"])
    told = json.loads(answer.output)
    assert (answer.exit_code, told["ok"], told["first"], len(told["stamps"])) == (0, True, None, 1)
    assert "1 time-stamps hold" in CliRunner().invoke(app, ["verify-audit"]).output
    other = made_authority(tmp_path / "other")
    answer = CliRunner().invoke(app, ["verify-audit", "--json", "--roots", str(other.roots)])
    told = json.loads(answer.output)
    assert (answer.exit_code, told["ok"], told["first"]["kind"]) == (1, False, "stamp")
    answer = CliRunner().invoke(app, ["verify-audit", "--roots", str(tmp_path / "none.pem")])
    assert isinstance(answer.exception, InputError)


def test_the_command_stamps(tsa: Authority, tmp_path: Path) -> None:
    record("import", "import_run", "run:1")
    answer = CliRunner().invoke(app, ["stamp-audit", "--into", str(tmp_path / "heads")])
    assert answer.exit_code == 0, answer.output
    assert [Path(line).suffix for line in answer.output.split()] == [".json", ".tsr"]


def test_the_auditors_page_tells_of_stamps(folder: Path, world: SimpleNamespace, client: Client) -> None:
    assert client.login(username=world.yuna.email, password=PASSWORD)
    answer = client.post(reverse("audit-check"), follow=True)
    assert "시점확인 1건이 맞습니다" in answer.content.decode()
    assert "시점확인 받음" in answer.content.decode()
    head = next(folder.glob("*.json"))
    head.with_suffix(".tsr").unlink()
    assert "시점확인 없음" in client.get(reverse("audit")).content.decode()
    head.with_suffix(".tsr").write_bytes(b"x")
    answer = client.post(reverse("audit-check"), follow=True)
    assert "시점확인이 맞지 않음" in answer.content.decode()
