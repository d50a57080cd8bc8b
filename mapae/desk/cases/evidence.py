"""Keeps evidence by its content: the same bytes are one file, and a changed file is found out."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.models import Evidence
from mapae.errors import InputError

__all__ = ["keep", "place", "read", "remove"]


def place(sha256: str) -> Path:
    """Where content of that hash is."""
    return Path(settings.EVIDENCE_ROOT) / sha256[:2] / sha256[2:4] / sha256


def keep(content: bytes, media_type: str, *, by: User | None = None, **about: object) -> Evidence:
    """Write the content (once) and its row; about: name, url, rung, login, language, warc.

    What was kept before keeps its row; the one given back is called as the file came now, so that who sends the same content
    again reads nobody else's name for it.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = place(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
    fields = {
        "media_type": media_type,
        "size": len(content),
        "added_by": by,
        "captured_at": clock.now(),
        **about,
    }
    kept = Evidence.objects.get_or_create(sha256=digest, defaults=fields)[0]
    kept.name = str(about.get("name", kept.name))
    return kept


def read(evidence: Evidence) -> bytes:
    """The content; InputError where the file is gone or is no longer what it was."""
    path = place(evidence.sha256)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        raise InputError(
            "evidence is missing or was changed", where=evidence.sha256, mend="restore it from the backup"
        )
    return content


def remove(evidence: Evidence) -> None:
    """Take row and content away once the caller's transaction holds, unless another row still points to it."""
    relations = Evidence._meta.get_fields(include_hidden=True)
    pointing = [
        each for each in relations if each.auto_created and not each.concrete and not each.many_to_many
    ]
    for each in pointing:
        if each.related_model._base_manager.filter(**{each.field.name: evidence}).exists():
            return
    path = place(evidence.sha256)
    evidence.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
