"""Rounds of looks that are due, the relisting watch and what it knows things by, and snapshots of figures."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

__all__ = ["ROUNDS", "FigureSnapshot", "Picture", "Round", "WatchBatch", "WatchMark", "Watched"]

ROUNDS = {
    "two_days": {"ko": "2영업일 확인", "en": "After 2 business days", "zh": "2个工作日核查"},
    "five_days": {"ko": "5영업일 확인", "en": "After 5 business days", "zh": "5个工作日核查"},
    "week": {"ko": "주간 재등록 감시", "en": "Weekly watch", "zh": "每周监测"},
    "asked": {"ko": "담당자 요청", "en": "Asked for by an officer", "zh": "经办人要求"},
}


class Round(models.Model):
    """A round of looks at a case's items. document: whose items (two_days, five_days); by: who asked, else the desk;
    items: chosen ones (row numbers), else all that are asked about; looked: those done already, so that a killed worker
    goes on; taken_until: a worker is at it."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="rounds")
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.CASCADE, related_name="rounds"
    )
    kind = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    items = models.JSONField(default=list)
    looked = models.JSONField(default=list)
    due_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "document", "kind"], name="one_round_a_document_and_kind")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="round_due", condition=models.Q(done_at__isnull=True))
        ]


class WatchMark(models.Model):
    """One row: the last finding that was compared with what was taken down; the last item that was looked through for
    things taken down; made_by: the release that makes the signs; first: its first batch, older ones are to be made anew."""

    finding = models.PositiveBigIntegerField(default=0)
    item = models.PositiveBigIntegerField(default=0)
    made_by = models.CharField(max_length=40, blank=True)
    first = models.PositiveBigIntegerField(default=1)


class WatchBatch(models.Model):
    """Signs that were made at once. token: tells a batch from one of the same number before a reset."""

    token = models.UUIDField(default=uuid.uuid4)


class Watched(models.Model):
    """What something that was taken down is known by. batch: when its signs were made, 0 while they wait to be; matter
    and opened (seconds of the epoch) of its case, opened none when it is no longer down; units, keys, picture: see
    mapae.desk.verification.signs."""

    item = models.OneToOneField(
        "cases.CaseItem", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    batch = models.PositiveBigIntegerField(default=0)
    matter = models.CharField(max_length=32, blank=True)
    opened = models.BigIntegerField(null=True)
    units = models.BinaryField(default=bytes)
    keys = models.BinaryField(default=bytes)
    picture = models.BinaryField(default=bytes)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["batch", "item"], name="watched_batch"),
            models.Index(fields=["matter", "batch"], name="watched_matter"),
        ]


class Picture(models.Model):
    """What is known of the picture at an address. key: SHA-256 of the address; pdq: 64 hex digits, empty where it could not
    be had (why) or shows too little; quality: 0–100; evidence: the file."""

    key = models.CharField(max_length=64, unique=True)
    url = models.TextField()
    pdq = models.CharField(max_length=64, blank=True)
    quality = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey("cases.Evidence", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class FigureSnapshot(models.Model):
    """The public figures as counted once. digest: SHA-256 over day, cells and queries (16 hex digits), the address of their
    page. cells: counts by outcome that are published, small ones left out; rows: what the queries gave from them."""

    digest = models.CharField(max_length=16, unique=True)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    cells = models.JSONField(default=list)
    queries = models.JSONField(default=dict)
    rows = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
