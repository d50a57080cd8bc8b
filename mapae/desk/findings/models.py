"""Imported runs, findings, decisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = [
    "FINDING_STATES", "REASONS", "Decision", "DecisionTally", "Finding", "ProvedWrong", "Run", "SellerRank", "Subject",
    "Tally",
]  # fmt: skip

FINDING_STATES = {
    "new": {"ko": "새 결과", "en": "New", "zh": "新发现"},
    "accepted": {"ko": "채택", "en": "Accepted", "zh": "采纳"},
    "rejected": {"ko": "기각", "en": "Rejected", "zh": "驳回"},
    "merged": {"ko": "병합", "en": "Merged", "zh": "合并"},
    "settled": {"ko": "적법 결정됨", "en": "Decided lawful before", "zh": "此前已认定合法"},
}
# Why a finding is rejected; all but `duplicate` count against the check (mapae.app.live_precision).
REASONS = {
    "wrong_product": {"ko": "다른 상품임", "en": "Wrong product", "zh": "商品不符"},
    "lawful": {"ko": "적법함", "en": "Lawful", "zh": "合法"},
    "duplicate": {"ko": "중복", "en": "Duplicate", "zh": "重复"},
    "not_sold_here": {"ko": "한국에 판매하지 않음", "en": "Not sold to Korea", "zh": "不向韩国销售"},
    "other": {"ko": "기타(메모 필요)", "en": "Other (note needed)", "zh": "其他（需备注）"},
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
    evidence_key: hash of subject, reference and evidence text, so that what was decided lawful is not raised again.

    Triggers on this table keep Tally (migration 0003). SQLite loses them when a migration rebuilds the table: such a
    migration must end with `add` of 0003.
    """

    finding_id = models.CharField(max_length=32)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
    measure = models.CharField(max_length=32)
    check_key = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=200)
    subject_title = models.TextField(blank=True)
    subject_url = models.TextField(blank=True)
    platform = models.CharField(max_length=120, blank=True)
    operator = models.ForeignKey(
        "parties.Operator", null=True, on_delete=models.SET_NULL, related_name="findings", db_index=False
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
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.SET_NULL, related_name="findings", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="merged", db_index=False
    )
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["finding_id"], name="one_finding_an_id")]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "measure", "-severity", "-score", "id"],
                name="inbox_queue",
                condition=models.Q(shadow=False),
            ),
            models.Index(
                fields=["state", "-severity", "-score", "id"],
                name="inbox_all",
                condition=models.Q(shadow=False),
            ),
            models.Index(
                fields=["state", "-severity", "-score", "id"],
                name="inbox_trial",
                condition=models.Q(shadow=True),
            ),
            models.Index(fields=["operator", "state", "-severity", "-score", "id"], name="inbox_operator"),
            models.Index(fields=["seller_id", "state", "operator", "shadow"], name="inbox_seller"),
            models.Index(fields=["subject_id"], name="inbox_subject"),
            models.Index(fields=["evidence_key"], name="inbox_evidence"),
            models.Index(fields=["case"], name="inbox_case", condition=models.Q(case__isnull=False)),
            models.Index(
                fields=["merged_into"], name="inbox_merged", condition=models.Q(merged_into__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.subject_title or self.subject_id


class Subject(models.Model):
    """The record that a run's findings are about, as it was screened: what the spans of reasons count in. Kept where the
    run kept its records (`mapae screen --keep-records`)."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=16)
    platform = models.CharField(max_length=120, blank=True)
    subject_id = models.CharField(max_length=200)
    record = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "subject_id", "kind", "platform"], name="one_record_a_run_and_subject"
            )
        ]


class Tally(models.Model):
    """How many findings stand in a state, kept by the database's own triggers; several rows of one key add up.
    operator: a row number, 0 where none is known."""

    state = models.CharField(max_length=12)
    shadow = models.BooleanField()
    measure = models.CharField(max_length=32)
    severity = models.PositiveSmallIntegerField()
    operator = models.BigIntegerField()
    n = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "measure", "severity", "operator"], name="tally_key")
        ]


class SellerRank(models.Model):
    """Sellers with the most open findings, as counted after the last import."""

    operator = models.ForeignKey("parties.Operator", null=True, on_delete=models.CASCADE, related_name="+")
    seller_id = models.CharField(max_length=200)
    n = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-n", "seller_id"]


class Decision(models.Model):
    """What an officer decided of a finding: accepted, rejected with a reason, merged; undone keeps the row. bulk: taken
    with others unseen, and so no proof of the check's precision.

    Triggers on this table keep DecisionTally (migration 0004); a migration that rebuilds the table must end with its `add`.
    """

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)  # a key of REASONS
    note = models.TextField(blank=True)
    bulk = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]


class DecisionTally(models.Model):
    """How many standing decisions there are of a check's findings, kept by the database's own triggers (migration 0004);
    several rows of one key add up."""

    measure = models.CharField(max_length=32)
    check_key = models.CharField(max_length=64)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=40)
    bulk = models.BooleanField()
    n = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["check_key", "verdict"], name="decision_tally_key")]


class ProvedWrong(models.Model):
    """How many standing acceptances of a case proved wrong, by check (mapae.desk.findings.wrong)."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=32)
    check_key = models.CharField(max_length=64)
    reason = models.CharField(max_length=40)
    bulk = models.BooleanField()
    n = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["check_key"], name="proved_wrong_check")]
