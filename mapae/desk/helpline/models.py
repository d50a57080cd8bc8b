"""Complaints of consumers and all that hangs on them.

What the models promise to each other (kept by mapae.desk.helpline.file and the verbs):
- The state is a key of mapae.workflow.complaints; only verbs move it, each with an event and an audit entry (events.py).
- Personal data (text, order number, name, e-mail, phone, what is shared, what letters say) stand sealed. `gist` is the text
  with addresses, numbers and names of persons masked: it alone may be searched, listed, counted.
- Nothing of a complaint reaches an agent but through mapae.desk.helpline.share.shared_fields, and only where the newest Share
  has agreed_at. refused_at: nothing goes to anybody; advice and an anonymous report of harm stay possible.
- The consumer has no account: whoever holds the link sees the status, personal data open behind a one-time code.
- triage holds the engine's answer as it was given; category, responsible, hazard, right, last_day are what holds now
  (a Correction says who changed them and why). reasons: list of {field, start, end, seen, matched, detail, score} over text.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from mapae.desk.fields import AddressKey, SealedText
from mapae.desk.helpline.desk_models import ComplaintDue, ComplaintWords
from mapae.workflow.clocks import Event

if TYPE_CHECKING:
    from mapae.desk.cases.models import Evidence

__all__ = [
    "AgentAnswer", "Collective", "Complaint", "ComplaintCount", "ComplaintDue", "ComplaintEvent", "ComplaintFile",
    "ComplaintWords", "Correction", "Draft", "OneTimeCode", "ReceivedMail", "Share", "Withdrawal",
]  # fmt: skip


class Collective(models.Model):
    """Complaints of many consumers about one thing (CON 68: at least 50). number: `2026-G-000012`; lead: the body
    that leads."""

    number = models.CharField(max_length=32, unique=True)
    operator = models.ForeignKey("parties.Operator", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=32, blank=True)
    lead = models.ForeignKey("bodies.Body", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default="gathering")
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    started_on = models.DateField(null=True)
    notice_ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.number


class Complaint(models.Model):
    """One consumer's complaint. number: `2026-H-000123`; link, link_digest: the consumer's secret address and its SHA-256;
    channel: web, phone, email, api; operator_told: the shop as the consumer named it; amount in `currency`; remedy: a key of
    the pack's helpline/advice.yaml; relay: local part of the address that forwards to the consumer; anonymous: a report of
    harm without a person to answer."""

    number = models.CharField(max_length=32, unique=True)
    link = SealedText()
    link_digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=8, default="web")
    language = models.CharField(max_length=8, default="ko")  # ko, en, zh-hans
    anonymous = models.BooleanField(default=False)
    operator = models.ForeignKey(
        "parties.Operator", null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    operator_told = models.CharField(max_length=120, blank=True)
    seller = models.CharField(max_length=200, blank=True)
    listing_url = models.TextField(blank=True)
    address = AddressKey(of="listing_url")
    product = models.CharField(max_length=200, blank=True)
    order_number = SealedText(blank=True)
    text = SealedText()
    gist = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    purchased_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    remedy = models.CharField(max_length=24, blank=True)
    name = SealedText(blank=True)
    email = SealedText(blank=True)
    phone = SealedText(blank=True)
    relay = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=16, default="received")
    category = models.CharField(max_length=32, blank=True)
    confidence = models.FloatField(default=0)
    responsible = models.CharField(max_length=24, blank=True)
    hazard = models.BooleanField(default=False)
    right = models.CharField(max_length=24, blank=True)
    last_day = models.DateField(null=True)
    triage = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("bodies.Body", null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="consumer_complaints"
    )
    collective = models.ForeignKey(Collective, null=True, on_delete=models.PROTECT, related_name="complaints")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    forgotten_at = models.DateTimeField(null=True)  # when the person was removed from it (forget.py)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "-received_at", "-id"], name="complaint_queue"),
            models.Index(fields=["-received_at", "-id"], name="complaint_newest"),
            models.Index(fields=["operator", "state", "-received_at", "-id"], name="complaint_operator"),
            models.Index(fields=["category", "-received_at", "-id"], name="complaint_category"),
            models.Index(fields=["responsible", "-received_at", "-id"], name="complaint_responsible"),
            models.Index(
                fields=["-received_at", "-id"], name="complaint_hazard", condition=models.Q(hazard=True)
            ),
            models.Index(
                fields=["owner", "-received_at", "-id"],
                name="complaint_mine",
                condition=models.Q(owner__isnull=False),
            ),
            models.Index(
                fields=["address"], name="complaint_address", condition=models.Q(address__isnull=False)
            ),
            models.Index(
                fields=["closed_at"],
                name="complaint_to_forget",
                condition=models.Q(closed_at__isnull=False, forgotten_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ComplaintEvent(models.Model):
    """What happened to a complaint, in order; never changed (the database refuses it) but that its words may be emptied.

    role: consumer, agent, officer or desk; data: codes and days; told: words of a person, sealed."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, default="consumer")
    ref = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    told = SealedText(blank=True)

    class Meta:
        ordering: ClassVar = ["complaint", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "seq"], name="one_complaint_event_a_place")
        ]

    @property
    def on(self) -> date:
        """The day in Korea: `data.on` where the event was recorded for another day."""
        if told := self.data.get("on"):
            return date.fromisoformat(told)
        return timezone.localtime(self.at).date()

    def plain(self) -> Event:
        """The event as the pure workflow reads it."""
        return Event(self.kind, self.on, self.ref, self.data)


class ComplaintFile(models.Model):
    """A file of a complaint, kept through mapae.desk.uploads. by: consumer, agent or officer; shared: whether the consumer
    agreed that the agent gets it; name: as it came here (the same content may have come from somebody else by another)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("cases.Evidence", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=12, default="consumer")
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "file"], name="one_file_a_complaint")
        ]

    @property
    def kept(self) -> Evidence:
        """The file, called as it came here."""
        found: Evidence = self.file
        found.name = self.name or found.name
        return found


class Share(models.Model):
    """What was shown before anything was to go to an agent, and what the consumer said; the newest row counts.

    shown: field → the words that would be sent, sealed JSON; fields: names in it; recipient, country, retention: as shown;
    ground: consent, or the key of another recorded ground."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="shares")
    mandate = models.ForeignKey("parties.Mandate", null=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=list)
    shown = SealedText(blank=True)
    recipient = models.CharField(max_length=200)
    country = models.CharField(max_length=60)
    retention = models.CharField(max_length=60)
    ground = models.CharField(max_length=24, default="consent")
    version = models.CharField(max_length=16)  # of the notice as it was shown (hash of its words)
    at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["complaint", "-id"]


class AgentAnswer(models.Model):
    """What the agent told: kind progress (25-2: within 3 business days), result (within 10) or question; text sealed.
    verdict: the consumer's word on a result: accepted, declined; empty: none yet."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12)
    offer = models.CharField(max_length=24, blank=True)  # a remedy of advice.yaml, or refused
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    text = SealedText(blank=True)
    firm = models.ForeignKey("parties.AgentFirm", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, blank=True)
    verdict_at = models.DateTimeField(null=True)
    reply = SealedText(blank=True)

    class Meta:
        ordering: ClassVar = ["complaint", "id"]


class Withdrawal(models.Model):
    """A letter of withdrawal (ECA 17) that the consumer had sent. ground: 17(1) or 17(3); content: the letter's parts, sealed
    JSON; receivers: list of {who, name}, address sealed in `addresses`; pdf: the letter; digest: SHA-256 of that PDF."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="withdrawals")
    code = models.CharField(max_length=20, unique=True)
    ground = models.CharField(max_length=8)
    language = models.CharField(max_length=8, default="en")  # of the second part
    content = SealedText()
    receivers = models.JSONField(default=list)
    addresses = SealedText()
    pdf = SealedText()  # base64: the letter names the consumer, so it is no plain file
    digest = models.CharField(max_length=64)
    last_day = models.DateField(null=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["complaint", "id"]


class OneTimeCode(models.Model):
    """A code that opens a complaint's personal data for a while; only its hash is kept."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=128)
    channel = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Draft(models.Model):
    """A form that is not finished: nobody's account, found by its link, gone after its last day. data: sealed JSON."""

    link_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8, default="ko")
    data = SealedText()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="draft_ends")]


class Correction(models.Model):
    """A person's word on what triage had decided. field: category, operator, responsible, hazard, right, last_day."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=16)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["complaint", "id"]


class ReceivedMail(models.Model):
    """A message that was taken in, so that it is taken in once only. digest: SHA-256 of its Message-ID, or of the message."""

    digest = models.CharField(max_length=64, unique=True)
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.PROTECT, related_name="mails")
    at = models.DateTimeField()


class ComplaintCount(models.Model):
    """How many complaints were numbered in a year; the row is locked while the next number is given."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
