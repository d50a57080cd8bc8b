"""Reports of merchants and all that hangs on them.

What the models promise to each other:
- Words, files, name, shop and contact stand sealed, the files too: nothing of a report lies in the evidence store, where a
  page of somebody else might come by it.
- `gist` is the text with everything cut that could tell who wrote it (mapae.desk.merchants.identify): it alone is listed.
- Nothing of a report reaches a platform but through mapae.desk.merchants.share, and only where the newest Disclosure was
  agreed to by the merchant.
- The merchant has no account: whoever holds the link sees the state; words and messages open with the number shown once.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mapae.desk.fields import SealedText

__all__ = [
    "Disclosure", "DisclosureReply", "FileOriginal", "MerchantCells", "MerchantReport", "ReportCount", "ReportEvent",
    "ReportFile", "ReportMessage", "ReportSeries",
]  # fmt: skip


class MerchantReport(models.Model):
    """One report. number: `2026-M-000123`; confidence, matter: keys of the pack's merchants/report.yaml; link_digest:
    SHA-256 of the secret address; code_digest: hash of the number that opens it; body: who is competent; known: sealed JSON
    list of words that name the merchant (shop, name, contact), cut from everything; conducts: what the screen of complaints
    says of the text, as {reference, provision, provision_from, reasons}."""

    number = models.CharField(max_length=32, unique=True)
    link_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    language = models.CharField(max_length=8, default="ko")
    confidence = models.CharField(max_length=12)
    matter = models.CharField(max_length=16)
    operator = models.ForeignKey(
        "parties.Operator", null=True, on_delete=models.PROTECT, related_name="merchant_reports"
    )
    operator_told = models.CharField(max_length=120, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    amount = SealedText(blank=True)
    text = SealedText()
    gist = models.TextField(blank=True)
    known = SealedText(blank=True)
    name = SealedText(blank=True)
    shop = SealedText(blank=True)
    email = SealedText(blank=True)
    phone = SealedText(blank=True)
    conducts = models.JSONField(default=list)
    body = models.ForeignKey("bodies.Body", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="received")  # received, joined, closed
    outcome = models.CharField(max_length=24, blank=True)
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="merchant_reports"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["body", "state", "-received_at", "-id"], name="merchant_queue"),
            models.Index(fields=["operator", "-received_at"], name="merchant_operator"),
        ]

    def __str__(self) -> str:
        return self.number


class ReportEvent(models.Model):
    """What happened to a report, in order. role: merchant, officer or desk; data: codes and days only."""

    report = models.ForeignKey(MerchantReport, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    role = models.CharField(max_length=12)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["report", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "seq"], name="one_report_event_a_place")
        ]


class ReportFile(models.Model):
    """A file without its metadata, sealed (base64). place: its number in the report, by which alone it is named; told:
    its name as sent, sealed; stripped: what was taken out, a list of keys."""

    report = models.ForeignKey(MerchantReport, on_delete=models.PROTECT, related_name="files")
    place = models.PositiveSmallIntegerField()
    told = SealedText(blank=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stripped = models.JSONField(default=list)
    content = SealedText()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["report", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "place"], name="one_report_file_a_place")
        ]


class FileOriginal(models.Model):
    """The file as it was sent, sealed (base64): for cleared officers of the body, each look recorded."""

    file = models.OneToOneField(
        ReportFile, on_delete=models.PROTECT, primary_key=True, related_name="original"
    )
    content = SealedText()


class ReportMessage(models.Model):
    """A message between officer and merchant, sealed. role: who wrote it: merchant or officer."""

    report = models.ForeignKey(MerchantReport, on_delete=models.PROTECT, related_name="messages")
    role = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    text = SealedText()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["report", "id"]


class ReportSeries(models.Model):
    """Dated values that show what happened before and after. kind: a key of the pack's series; source: merchant or platform
    (its statement, as the officer entered it); rows: sealed JSON, [day, value] each; first, last: of the days watched."""

    report = models.ForeignKey(MerchantReport, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=12, default="merchant")
    rows = SealedText()
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["report", "id"]


class Disclosure(models.Model):
    """What an officer would tell the platform; the newest counts, and only once the merchant agreed. code: names it outside;
    text: sealed, already cut; files: places of files that go with it."""

    report = models.ForeignKey(MerchantReport, on_delete=models.PROTECT, related_name="disclosures")
    code = models.CharField(max_length=12, unique=True)
    text = SealedText()
    files = models.JSONField(default=list)
    prepared_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["report", "-id"]


class DisclosureReply(models.Model):
    """What the platform's agent says to what was told, sealed; officers read it, and the agent's own firm."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    text = SealedText()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["disclosure", "id"]


class MerchantCells(models.Model):
    """Counts of a month that are shown outside the authorities, frozen when they were first made: list of {operator, matter,
    n}, n null where it is kept out."""

    month = models.CharField(max_length=7, unique=True)
    rows = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-month"]


class ReportCount(models.Model):
    """How many reports were numbered in a year; the row is locked while the next number is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
