"""Personal data are sealed anew with a new key, so that the old one may go."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from mapae.cli.desk import app
from mapae.desk import environment
from mapae.desk.answers.models import Contest
from mapae.desk.audit.models import AuditEntry
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.webhook import announce
from mapae.desk.fields import unseal
from mapae.desk.rekey import rekey
from mapae.errors import UsageError
from tests.desk.answered import contest, items, served


def test_after_rekeying_the_old_key_is_not_needed(world: SimpleNamespace, settings: Any) -> None:
    document = served(world)
    found = contest(world, document.case, items(document)[0])
    announce("x", "https://hook.example/", "whsec_c2VjcmV0", "document.served", {})
    words, old = found.text, list(settings.DATA_KEYS)
    new = Fernet.generate_key().decode()
    settings.DATA_KEYS = [new, *old]
    assert rekey() >= 2
    settings.DATA_KEYS = [new]
    assert Contest.objects.get(pk=found.pk).text == words
    assert unseal(Outbox.objects.get(channel="webhook").payload["secret"]) == "whsec_c2VjcmV0"
    last = AuditEntry.objects.latest("seq")
    assert last.kind == "rekeyed" and last.data["texts"] >= 2


def test_a_text_that_no_key_opens_is_told(world: SimpleNamespace, settings: Any) -> None:
    document = served(world)
    contest(world, document.case, items(document)[0])
    settings.DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(UsageError, match="cannot be read"):
        rekey()


def test_a_new_key_is_put_first_in_the_file_of_its_owner(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))
    monkeypatch.delenv("MAPAE_DATA_KEYS", raising=False)
    (first,) = environment.keys()
    answer = CliRunner().invoke(app, ["rekey", "--add"])
    assert answer.exit_code == 0, answer.output
    keys = environment.keys()
    assert len(keys) == 2 and keys[1] == first
    assert stat.S_IMODE((tmp_path / "desk" / "data_keys").stat().st_mode) == 0o600
    monkeypatch.setenv("MAPAE_DATA_KEYS", first)
    assert isinstance(CliRunner().invoke(app, ["rekey", "--add"]).exception, UsageError)


def test_the_command_seals_anew(db: None) -> None:
    assert "sealed with the newest key" in CliRunner().invoke(app, ["rekey"]).output
