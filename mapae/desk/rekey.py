"""Changes the key that personal data are encrypted with: a new one is put first, then every sealed text is sealed anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.fernet import Fernet
from django.apps import apps
from django.db import models, transaction

from mapae.desk.audit.models import record
from mapae.desk.documents.models import Outbox
from mapae.desk.environment import store
from mapae.desk.fields import SealedText, seal, unseal
from mapae.errors import UsageError

__all__ = ["add_key", "rekey"]


def add_key() -> Path:
    """Put a new key before the others in $MAPAE_HOME/desk/data_keys; the file. What runs must be started again to know it.

    UsageError where the keys come from the environment.
    """
    if os.environ.get("MAPAE_DATA_KEYS"):
        mend = "put a new one first there (cryptography's Fernet.generate_key makes it)"
        raise UsageError("the keys come from the environment", where="MAPAE_DATA_KEYS", mend=mend)
    path = store("") / "data_keys"
    before = path.read_text("utf-8").split() if path.is_file() else []
    draft = path.with_name("data_keys.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join([Fernet.generate_key().decode(), *before]) + "\n")
    draft.replace(path)
    record("keys", "key_added", "keys", keys=len(before) + 1)
    return path


def rekey() -> int:
    """Seal every sealed text with the newest key; how many. Others may work meanwhile; started again, it does all anew.

    UsageError for a text that none of the keys opens.
    """
    done = 0
    for model, names in _sealed():
        for pk in list(model._base_manager.values_list("pk", flat=True)):
            with transaction.atomic():
                row = model._base_manager.select_for_update().filter(pk=pk).values(*names).first()
                kept = {name: text for name, text in (row or {}).items() if text}
                if kept:
                    model._base_manager.filter(pk=pk).update(**kept)
                    done += len(kept)
    done += _outbox()
    record("keys", "rekeyed", "keys", texts=done)
    return done


def _sealed() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model with sealed fields, and their names."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        if names:
            yield model, names


def _outbox() -> int:
    """Secrets of webhooks that wait."""
    done = 0
    for pk in list(Outbox.objects.filter(payload__has_key="secret").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Outbox.objects.select_for_update().get(pk=pk)
            row.payload = {**row.payload, "secret": seal(unseal(row.payload["secret"]))}
            row.save(update_fields=["payload"])
            done += 1
    return done
