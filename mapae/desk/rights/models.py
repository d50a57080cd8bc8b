"""Rights holders, their rights, bulk reports of fakes and the single claims in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mapae.desk.cases.attached import WithFiles
from mapae.desk.fields import SealedText

__all__ = ["Claim", "ClaimBatch", "ClaimSnapshot", "HolderCount", "Right", "RightsHolder"]


class RightsHolder(models.Model):
    """Who says that rights are theirs. number: `2026-R-000012`; link_digest, code_digest: as of a merchant's report; name:
    of the firm, public; contact, email, phone: of a person, sealed; state: applied, admitted, refused."""

    number = models.CharField(max_length=32, unique=True)
    link_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, default="KR")
    contact = SealedText(blank=True)
    email = SealedText(blank=True)
    phone = SealedText(blank=True)
    language = models.CharField(max_length=8, default="ko")
    body = models.ForeignKey("bodies.Body", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="applied")
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Right(WithFiles):
    """A right with its proof. kind: a key of the pack's merchants/rights.yaml; number: of the register (KIPRIS); record: of
    customs; state: claimed, confirmed, refused; an officer looks it up and says which."""

    holder = models.ForeignKey(RightsHolder, on_delete=models.PROTECT, related_name="rights")
    kind = models.CharField(max_length=12)
    mark = models.CharField(max_length=120)
    number = models.CharField(max_length=24, blank=True)
    record = models.CharField(max_length=24, blank=True)
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=12, default="claimed")
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["holder", "id"]

    def __str__(self) -> str:
        return self.mark


class ClaimBatch(models.Model):
    """A file of claims. rejects: list of {line, why}; review: its claims are read one by one before the inbox; run: of the
    inbox, once they are there."""

    holder = models.ForeignKey(RightsHolder, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    rejects = models.JSONField(default=list)
    review = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]


class Claim(models.Model):
    """That a listing infringes a right. state: waiting (to be read), sent (to the inbox), dismissed (by an officer);
    finding_id: of the finding it became."""

    batch = models.ForeignKey(ClaimBatch, on_delete=models.PROTECT, related_name="claims")
    holder = models.ForeignKey(RightsHolder, on_delete=models.PROTECT, related_name="claims")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="claims")
    line = models.PositiveIntegerField()
    url = models.CharField(max_length=1000)
    platform = models.CharField(max_length=120, blank=True)
    listing_id = models.CharField(max_length=200)
    seller = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=16)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, default="waiting")
    finding_id = models.CharField(max_length=32, blank=True, db_index=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["batch", "line"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["right", "url"], name="one_claim_a_right_and_listing")
        ]
        indexes: ClassVar = [models.Index(fields=["holder", "state"], name="claim_holder")]


class ClaimSnapshot(models.Model):
    """Shares of false claims as published once. digest: SHA-256 over day, cells and queries (16 hex digits), the address of
    its page; cells: claims by outcome of holders of whom enough is decided; rows: what the queries gave from them."""

    digest = models.CharField(max_length=16, unique=True)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    cells = models.JSONField(default=list)
    queries = models.JSONField(default=dict)
    rows = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]


class HolderCount(models.Model):
    """How many holders were numbered in a year; the row is locked while the next number is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
