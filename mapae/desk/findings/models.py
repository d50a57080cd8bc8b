"""Imported runs, findings, decisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["FINDING_STATES", "Decision", "Finding", "Run"]

FINDING_STATES = {
    "new": {"ko": "새 결과", "en": "New", "zh": "新发现"},
    "accepted": {"ko": "채택", "en": "Accepted", "zh": "采纳"},
    "rejected": {"ko": "기각", "en": "Rejected", "zh": "驳回"},
    "merged": {"ko": "병합", "en": "Merged", "zh": "合并"},
    "settled": {"ko": "적법 결정됨", "en": "Decided lawful before", "zh": "此前已认定合法"},
}


class Run(models.Model):
    """A screening run (an OUT folder) that was imported, by the hash of its findings file. done: how many rows are in."""

    digest = models.CharField(max_length=64, unique=True)
    manifest = models.JSONField(default=dict)
    path = models.CharField(max_length=500)
    findings = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Finding(models.Model):
    """A finding as screening wrote it (mapae.model.finding), with its place in the work. platform: as the record says;
    evidence_key: hash of subject, reference and evidence text, so that what was decided lawful is not raised again."""

    finding_id = models.CharField(max_length=32, unique=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=32)
    check_key = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=200)
    subject_title = models.TextField(blank=True)
    subject_url = models.TextField(blank=True)
    platform = models.CharField(max_length=120, blank=True)
    operator = models.ForeignKey(
        "parties.Operator", null=True, on_delete=models.SET_NULL, related_name="findings"
    )
    seller_id = models.CharField(max_length=200, blank=True)
    severity = models.PositiveSmallIntegerField()  # place in mapae.model.finding.SEVERITIES
    score = models.FloatField()
    reference_id = models.CharField(max_length=120)
    provision = models.CharField(max_length=40)
    provision_from = models.DateField(null=True)
    reasons = models.JSONField(default=list)
    as_of = models.DateField()
    shadow = models.BooleanField(default=False)
    evidence_key = models.CharField(max_length=32)
    state = models.CharField(max_length=12, default="new")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.SET_NULL, related_name="findings")
    first_seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "measure", "-severity", "-score", "id"], name="inbox_queue"),
            models.Index(fields=["state", "-severity", "-score", "id"], name="inbox_all"),
            models.Index(fields=["operator", "state"], name="inbox_operator"),
            models.Index(fields=["seller_id", "state"], name="inbox_seller"),
            models.Index(fields=["subject_id"], name="inbox_subject"),
            models.Index(fields=["evidence_key"], name="inbox_evidence"),
        ]


class Decision(models.Model):
    """What an officer decided of a finding: accepted, rejected with a reason, merged; undone keeps the row."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=12)
    reason = models.CharField(
        max_length=40, blank=True
    )  # wrong_product, lawful, duplicate, not_sold_here, other
    note = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]
