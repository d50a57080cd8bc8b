"""Operators and their facts, duty decisions, agent firms, mandates, consents, publication checks, sellers."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from mapae.desk.law import said

__all__ = [
    "AgentFirm",
    "DutyDecision",
    "Mandate",
    "Operator",
    "OperatorFact",
    "PublicationCheck",
    "RegisterSnapshot",
    "Seller",
    "ServiceConsent",
    "TestInquiry",
]


class Operator(models.Model):
    """An operator of shops or services. platforms: names under which records name it (`AliExpress`, `알리`)."""

    key = models.SlugField(unique=True, max_length=60)
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=24, default="intermediary")
    country = models.CharField(max_length=2)
    overseas = models.BooleanField(default=True)
    platforms = models.JSONField(default=list)
    domains = models.JSONField(default=list)
    postal_address = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return said({"ko": self.name_ko, "en": self.name_en, "zh": self.name_zh})


class OperatorFact(models.Model):
    """One fact of an operator (a key of the statute vocabulary, e.g. revenue_krw_prior_year) with source and date.
    The newest by `as_of`, then by id, counts; older ones stay as history."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "-as_of", "-id"]


class DutyDecision(models.Model):
    """What law said of an operator's duty under a regime on a day: answer, limbs, the pack it was read from."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="duties")
    regime = models.CharField(max_length=8)
    article = models.CharField(max_length=20)
    answer = models.CharField(max_length=16)
    limbs = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    company = models.CharField(max_length=120, blank=True)
    as_of = models.DateField()
    pack_hash = models.CharField(max_length=16)
    decided_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["regime", "-decided_at", "-id"]


class AgentFirm(models.Model):
    """A firm in Korea that acts as local agent for one or more operators."""

    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    representative = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    email = models.EmailField()
    kind = models.CharField(
        max_length=32, default="law_firm"
    )  # words of the statute vocabulary (agent_eligible)

    def __str__(self) -> str:
        return said({"ko": self.name_ko, "en": self.name_en})


class Mandate(models.Model):
    """An agent's mandate: firm × operator × regime × dates × scope, with its document. Live on a day: begun, not ended."""

    firm = models.ForeignKey(AgentFirm, on_delete=models.PROTECT, related_name="mandates")
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="mandates")
    regime = models.CharField(max_length=8, default="ECA")
    scope = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    in_writing = models.BooleanField(default=True)
    document = models.ForeignKey(
        "cases.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        ordering: ClassVar = ["operator", "regime", "-starts_on"]

    def live(self, on: date) -> bool:
        """Whether the mandate holds on that day, both ends included."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class ServiceConsent(models.Model):
    """Consent of an addressee to electronic service at a designated address (APA 14): without it e-mail serves nothing."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="consents")
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    channel = models.CharField(max_length=12)  # email, portal
    address = models.CharField(max_length=200)
    consented_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        "cases.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def holds(self, on: date) -> bool:
        """Whether the consent holds on that day."""
        return self.consented_on <= on and (self.withdrawn_on is None or on < self.withdrawn_on)


class PublicationCheck(models.Model):
    """A captured first screen held against the contact parts to publish. found: part → {text, start, end};
    differs: parts that show something else than the mandate's firm."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="publication_checks")
    mandate = models.ForeignKey(Mandate, null=True, blank=True, on_delete=models.SET_NULL)
    evidence = models.ForeignKey(
        "cases.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=8, blank=True)
    found = models.JSONField(default=dict)
    differs = models.JSONField(default=list)
    complete = models.BooleanField()
    checked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-checked_at"]


class Seller(models.Model):
    """A seller on a platform, by the platform's own id."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="sellers")
    seller_id = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operator", "seller_id"], name="one_seller_an_id")
        ]

    def __str__(self) -> str:
        return self.name or self.seller_id


class TestInquiry(models.Model):
    """A contact made to see whether the agent answers (a mystery contact). outcome: a key of agents.yaml, empty: waiting."""

    __test__ = False  # a model, nothing that pytest should gather
    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="inquiries")
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.SET_NULL, related_name="inquiries"
    )
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=8, default="ko")
    about = models.CharField(max_length=200)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-asked_on", "-id"]


class RegisterSnapshot(models.Model):
    """The public register as it stood from a day on; a new row whenever something in it changed."""

    digest = models.CharField(max_length=16)
    as_of = models.DateField()
    rows = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
