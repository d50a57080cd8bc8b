"""A desk that was backed up comes back whole in another place; a damaged backup is refused before anything is touched."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from mapae.desk.backup import restore
from mapae.errors import InputError
from tests.desk.migrated import copy_file, create
from tests.desk.timestamping import authority

pytestmark = [pytest.mark.slow, pytest.mark.own_database]
_FILL = """
from datetime import date
from tests.desk.people import make_world
from tests.desk.answered import contest, items, served
from mapae.desk.cases import evidence
world = make_world(date(2026, 11, 25))
document = served(world)
contest(world, document.case, items(document)[0])
items(document)[1].evidence.add(evidence.keep(b"page", "text/html", name="page.html"))
"""
_TELL = """
import hashlib, json
from django.apps import apps
from mapae.desk.answers.models import Contest
from mapae.desk.cases import evidence
from mapae.desk.cases.models import Evidence
for model in apps.get_models(include_auto_created=True):
    rows = [[str(value) for value in row] for row in model._base_manager.order_by("pk").values_list()]
    print(model._meta.label, len(rows), hashlib.sha256(json.dumps(rows).encode()).hexdigest())
print([len(evidence.read(each)) for each in Evidence.objects.order_by("pk")])
print(Contest.objects.get().text)
"""


class Place:
    """A desk in a folder of its own, on a database of its own."""

    def __init__(self, folder: Path, url: str, name: str) -> None:
        self.env = {**os.environ, "MAPAE_HOME": str(folder)}
        self.env["DATABASE_URL"] = (
            create(url, name) if url.startswith("postgres") else copy_file(folder / "desk.sqlite3")
        )

    def mapae(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `mapae desk`."""
        command = [str(Path(sys.executable).with_name("mapae")), "desk", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    def python(self, code: str) -> str:
        """Run code with Django ready; what it printed."""
        command = [sys.executable, "-c", f"from mapae.cli.desk import setup\nsetup()\n{code}"]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=True).stdout


def place(tmp_path: Path, name: str) -> Place:
    return Place(
        tmp_path / name, os.environ.get("DATABASE_URL", ""), f"{name}_{os.getpid()}_{tmp_path.name[-1]}"
    )


def test_what_was_backed_up_comes_back_whole_and_a_damaged_file_changes_nothing(tmp_path: Path) -> None:
    first, second = place(tmp_path, "first"), place(tmp_path, "second")
    first.python(_FILL)
    file = tmp_path / "desk.tar.gz"
    answer = first.mapae("backup", str(file), "--keys")
    assert answer.returncode == 0, answer.stderr
    assert file.stat().st_mode & 0o077 == 0
    before = second.python("from mapae.desk.accounts.models import User\nprint(User.objects.count())")

    damaged = tmp_path / "damaged.tar.gz"
    _with_other_evidence(file, damaged)
    assert "not what they were" in second.mapae("restore", str(damaged)).stderr
    (tmp_path / "half.tar.gz").write_bytes(file.read_bytes()[:5000])
    assert "not a whole backup" in second.mapae("restore", str(tmp_path / "half.tar.gz")).stderr
    assert second.python("from mapae.desk.accounts.models import User\nprint(User.objects.count())") == before

    answer = second.mapae("restore", str(file))
    assert answer.returncode == 0, answer.stderr
    assert second.python(_TELL) == first.python(_TELL)
    assert second.mapae("verify-audit").returncode == 0
    assert "has people" in second.mapae("restore", str(file)).stderr
    assert "there already" in first.mapae("backup", str(file)).stderr


def test_heads_and_their_time_stamps_come_back_and_still_hold(tmp_path: Path) -> None:
    with authority(tmp_path / "tsa") as tsa:
        first, second = place(tmp_path, "fourth"), place(tmp_path, "fifth")
        for desk in (first, second):
            desk.env |= {"MAPAE_TSA": tsa.url, "MAPAE_TSA_ROOTS": str(tsa.roots), "MAPAE_TRAINING": "1"}
        first.python(_FILL)
        assert first.mapae("stamp-audit").returncode == 0
        file = tmp_path / "desk.tar.gz"
        assert first.mapae("backup", str(file), "--keys").returncode == 0
        assert second.mapae("restore", str(file)).returncode == 0
        told = json.loads(second.mapae("verify-audit", "--json").stdout)
    assert (told["ok"], told["heads"], len(told["stamps"]), told["unstamped"]) == (True, 1, 1, [])


def test_keys_stay_out_unless_asked_for(tmp_path: Path) -> None:
    desk, file = place(tmp_path, "third"), tmp_path / "desk.tar.gz"
    assert desk.mapae("backup", str(file)).returncode == 0
    with tarfile.open(file) as packed:
        assert not [name for name in packed.getnames() if name.startswith("keys")]


@pytest.mark.parametrize("name", ["../outside", "evidence/../../outside", "/outside", "evidence"])
def test_a_backup_whose_names_lead_out_or_that_holds_links_is_refused(
    db: None, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "hostile.tar.gz"
    manifest = json.dumps({"vendor": "sqlite", "files": {name: hashlib.sha256(b"x").hexdigest()}}).encode()
    with tarfile.open(file, "w:gz") as out:
        _put(out, "manifest.json", manifest)
        if name == "evidence":
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)
            out.addfile(link)
        else:
            _put(out, name, b"x")
    with pytest.raises(InputError, match="not a whole backup"):
        restore(file)


def test_a_file_that_only_the_list_names_is_not_looked_for_elsewhere(db: None, tmp_path: Path) -> None:
    file, secret = tmp_path / "hostile.tar.gz", tmp_path / "secret"
    secret.write_bytes(b"x")
    files = {f"../..{secret}": hashlib.sha256(b"x").hexdigest()}
    with tarfile.open(file, "w:gz") as out:
        _put(out, "manifest.json", json.dumps({"vendor": "sqlite", "files": files}).encode())
    with pytest.raises(InputError, match="not what they were"):
        restore(file)


def _put(out: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    out.addfile(member, io.BytesIO(content))


def _with_other_evidence(source: Path, target: Path) -> None:
    """The same backup, one evidence file changed."""
    with tarfile.open(source) as packed, tarfile.open(target, "w:gz") as out:
        evidence = next(name for name in packed.getnames() if name.startswith("evidence/"))
        for member in packed:
            content = packed.extractfile(member)
            assert content is not None
            _put(out, member.name, b"other" if member.name == evidence else content.read())
