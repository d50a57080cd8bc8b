"""Backs the desk up into one file and brings it back: the database at one moment, evidence, audit heads, by their hashes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from mapae.desk import clock
from mapae.desk.environment import store
from mapae.errors import InputError, UsageError

__all__ = ["KEYS", "backup", "restore"]

KEYS = ("secret_key", "data_keys")  # left out unless asked for: whoever holds them reads personal data
_DATABASE, _LIST = "database", "manifest.json"


def backup(target: Path, *, keys: bool = False) -> dict[str, Any]:
    """Write the file (readable by its owner only); what its manifest says. UsageError where it is there already.

    The database comes first: evidence is written before the row that names it, so none that a row names is missing.
    """
    if target.exists():
        raise UsageError("the file is there already", where=str(target), mend="name a new file")
    draft = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory() as folder:
        dump, listed = Path(folder) / _DATABASE, Path(folder) / _LIST
        _dump(dump)
        open_file = os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        with open_file as file, tarfile.open(fileobj=file, mode="w:gz") as out:
            hashes = {name: _added(out, name, path) for name, path in ((_DATABASE, dump), *_files(keys))}
            manifest = {
                "vendor": connection.vendor, "made_at": clock.now().isoformat(), "keys": keys, "files": hashes,
            }  # fmt: skip
            listed.write_text(json.dumps(manifest, indent=1), "utf-8")
            out.add(listed, _LIST)
    draft.replace(target)
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Bring a backup into a desk that nobody uses yet; nothing is touched before every hash is checked.

    UsageError where the database has people in it or is of another kind; InputError for a file that is not whole.
    """
    if _used():
        raise UsageError("this desk has people in it", where="database", mend="restore into a new database")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = _unpacked(source, folder)
        if manifest["vendor"] != connection.vendor:
            raise UsageError(
                f"the backup is of {manifest['vendor']}, this desk runs on {connection.vendor}",
                where=str(source), mend="set DATABASE_URL to a database of that kind",
            )  # fmt: skip
        for inside in manifest["files"]:
            if inside != _DATABASE:
                _put(folder / inside, _place(inside), secret=inside.startswith("keys/"))
        _load(folder / _DATABASE)
    return manifest


def _used() -> bool:
    if "accounts_user" not in connection.introspection.table_names():
        return False
    from mapae.desk.accounts.models import User

    return User.objects.exists()


def _files(keys: bool) -> list[tuple[str, Path]]:
    """(name inside, file) of evidence and heads, and of the keys where they are asked for; half-written ones left out."""
    found = []
    for name, root in (
        ("evidence", Path(settings.EVIDENCE_ROOT)),
        ("audit-heads", Path(settings.AUDIT_HEADS_ROOT)),
    ):
        every = sorted(path for path in root.rglob("*") if path.is_file())
        whole = [path for path in every if name != "evidence" or len(path.name) == 64]
        found += [(f"{name}/{path.relative_to(root).as_posix()}", path) for path in whole]
    return found + [
        (f"keys/{name}", store("") / name) for name in KEYS if keys and (store("") / name).is_file()
    ]


def _place(inside: str) -> Path:
    """Where a file of the backup belongs."""
    kind, _, rest = inside.partition("/")
    roots = {
        "evidence": Path(settings.EVIDENCE_ROOT),
        "audit-heads": Path(settings.AUDIT_HEADS_ROOT),
        "keys": store(""),
    }
    return roots[kind] / rest


def _added(out: tarfile.TarFile, name: str, path: Path) -> str:
    out.add(path, name, recursive=False)
    return _hash(path)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept(packed: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> bool:
    """Write a member into the folder. ValueError where it is no file or its name leads out of the folder."""
    place = folder / member.name
    if not member.isfile() or not place.resolve().is_relative_to(folder.resolve()):
        raise ValueError(member.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with packed.extractfile(member) as content, place.open("wb") as file:  # type: ignore[union-attr]
        shutil.copyfileobj(content, file)
    return True


def _unpacked(source: Path, folder: Path) -> dict[str, Any]:
    """The manifest, once every file is there and is what it says."""
    try:
        with tarfile.open(source, "r:gz") as packed:
            inside = {member.name for member in packed if _kept(packed, member, folder)}
        manifest: dict[str, Any] = json.loads((folder / _LIST).read_text("utf-8"))
        wrong = [
            name
            for name, digest in manifest["files"].items()
            if name not in inside or _hash(folder / name) != digest
        ]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise InputError("not a whole backup", where=str(source), mend="take another backup file") from error
    if wrong:
        raise InputError(
            f"{len(wrong)} files are not what they were, the first: {wrong[0]}",
            where=str(source), mend="take another backup file",
        )  # fmt: skip
    return manifest


def _put(file: Path, target: Path, *, secret: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    if secret:
        target.chmod(0o600)


def _dump(target: Path) -> None:
    """The database as it is at one moment, while others go on working."""
    if connection.vendor == "postgresql":
        _postgres("pg_dump", "--format=custom", "--no-owner", "--file", str(target))
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def _load(source: Path) -> None:
    """The dump takes the place of what is there, all or nothing."""
    if connection.vendor == "postgresql":
        whole = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        database = str(connection.settings_dict["NAME"])
        connection.close()
        _postgres("pg_restore", *whole, "--dbname", database, str(source))
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        copy.backup(connection.connection)
    connection.close()


def _postgres(program: str, *words: str) -> None:
    """Run a program of PostgreSQL on the desk's database; UsageError where it is not installed or fails."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = shutil.which(program) or (str(beside[-1]) if beside else "")
    if not found:
        raise UsageError(
            f"{program} is not installed", where="PATH", mend="install PostgreSQL's client programs"
        )
    about = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {name: str(about[key]) for name, key in names.items() if about[key]}
    done = subprocess.run(
        [found, *words], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UsageError(
            f"{program}: {done.stderr.strip()[-300:]}", where="DATABASE_URL", mend="mend what it says"
        )
