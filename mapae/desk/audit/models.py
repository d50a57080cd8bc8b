"""Entries of the audit log. Rows are never changed: the migration adds triggers that refuse it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction

from mapae.desk import clock

__all__ = ["AuditEntry", "record"]

START = "0" * 64


class AuditEntry(models.Model):
    """One entry. actor: a user's number or a word (`outbox`, `link`); subject: `case:12`; data: codes and hashes only;
    chain: SHA-256 over the entry before and this one."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    chain = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [models.Index(fields=["subject", "seq"], name="audit_subject")]


class AuditHead(models.Model):
    """The one row that says where the chain ends; locked while an entry is added."""

    seq = models.PositiveBigIntegerField(default=0)
    chain = models.CharField(max_length=64, default=START)


def link(
    before: str, seq: int, at: datetime, actor: str, kind: str, subject: str, data: dict[str, Any]
) -> str:
    """The chain value of an entry."""
    body = json.dumps(
        [before, seq, at.isoformat(), actor, kind, subject, data], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(body.encode()).hexdigest()


def record(actor: object, kind: str, subject: str, /, **data: Any) -> AuditEntry:
    """Append an entry inside the caller's transaction. actor: a user or a word; one who came with an API token is
    entered with the token's number."""
    if token := getattr(actor, "by_token", None):
        data["token"] = token
    who = f"user:{actor.pk}" if hasattr(actor, "pk") else str(actor or "system")
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
        seq, at = head.seq + 1, clock.now()
        chain = link(head.chain, seq, at, who, kind, subject, data)
        entry = AuditEntry.objects.create(
            seq=seq, at=at, actor=who, kind=kind, subject=subject, data=data, chain=chain
        )
        AuditHead.objects.filter(pk=1).update(seq=seq, chain=chain)
    return entry
