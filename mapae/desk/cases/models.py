"""Cases, their events, items and evidence. State changes only through mapae.desk.cases.actions."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import ClassVar

from django.db import models
from django.utils import timezone

from mapae.desk.cases.side import CalendarLink, Counted, Due, SearchRow
from mapae.desk.fields import AddressKey
from mapae.workflow.clocks import Event

__all__ = [
    "CalendarLink", "Case", "CaseEvent", "CaseItem", "Counted", "Due", "Evidence", "ItemCheck", "SearchRow",
]  # fmt: skip


class Evidence(models.Model):
    """A file kept by its SHA-256 (see mapae.desk.cases.evidence); the row says where it came from. rung: of the evidence
    ladder; login, language: how the page was fetched; warc: the capture as a WARC record, where it is a page."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200, blank=True)
    url = models.TextField(blank=True)
    rung = models.CharField(max_length=12, default="stated")
    login = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    warc = models.BooleanField(default=False)
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    captured_at = models.DateTimeField()

    def called(self, firm_id: int | None = None) -> str:
        """Its name, for a firm that sent it first; without a firm, where an officer or the desk itself gave it. Else a piece
        of its hash, since a consumer or another firm may have named the same content."""
        own = self.rung != "stated" and firm_id is None
        if self.added_by is not None:
            own = self.added_by.firm_id == firm_id
        return self.name if own else f"{self.sha256[:12]}{PurePath(self.name).suffix}"


class Case(models.Model):
    """A case. number: 2026-KFTC-000123; matter: the measure; lead: the body that leads; owner: who works on it;
    draft: the desk opened it on an alert, and nobody has taken it on yet."""

    number = models.CharField(max_length=32, unique=True)
    operator = models.ForeignKey("parties.Operator", on_delete=models.PROTECT, related_name="cases")
    matter = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="open")
    held = models.BooleanField(default=False)
    draft = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(default=0)
    lead = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="cases")
    joint = models.ManyToManyField("bodies.Body", related_name="joint_cases", blank=True)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "-severity", "-id"], name="case_queue"),
            models.Index(fields=["lead", "state"], name="case_lead"),
            models.Index(fields=["owner", "state"], name="case_owner"),
            models.Index(fields=["-severity", "-id"], name="case_live", condition=~models.Q(state="closed")),
            models.Index(
                fields=["operator", "matter", "-id"], name="case_live_of", condition=~models.Q(state="closed")
            ),
            models.Index(fields=["lead"], name="case_held", condition=models.Q(held=True)),
            models.Index(
                fields=["lead", "-severity", "-id"],
                name="case_unassigned",
                condition=models.Q(owner__isnull=True) & ~models.Q(state="closed"),
            ),
            models.Index(fields=["id"], name="case_lawful", condition=models.Q(outcome="lawful")),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """What happened in a case, in order; never changed. ref: the document's code or complaint's id it is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("CaseItem", null=True, on_delete=models.PROTECT, related_name="events")
    ref = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["case", "seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="one_event_a_place")]

    @property
    def on(self) -> date:
        """The day in Korea: `data.on` where the event was recorded for another day (a delivery, say)."""
        if told := self.data.get("on"):
            return date.fromisoformat(told)
        return timezone.localtime(self.at).date()

    def plain(self) -> Event:
        """The event as the pure workflow reads it."""
        return Event(self.kind, self.on, self.ref, self.data)


class CaseItem(models.Model):
    """Something a case is about: kind listing, advert, post, seller, complaint, parcel or recall; state as
    mapae.workflow.items has it (takedown items) or blank. said_removed_at: what the agent declared."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12)
    subject_id = models.CharField(max_length=200)
    platform = models.CharField(max_length=120, blank=True)
    title = models.TextField(blank=True)
    url = models.TextField(blank=True)
    address = AddressKey(of="url")
    seller = models.ForeignKey("parties.Seller", null=True, on_delete=models.SET_NULL, related_name="items")
    finding = models.ForeignKey(
        "findings.Finding", null=True, on_delete=models.SET_NULL, related_name="items"
    )
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="items")
    state = models.CharField(max_length=16, blank=True)
    rung = models.CharField(max_length=12, default="seen")
    said_removed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    relisted_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="relistings")
    snapshot = models.JSONField(
        default=dict
    )  # the record as it was screened: what a relisting is compared with

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "platform", "subject_id"], name="one_item_a_case")
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject_id"], name="item_subject"),
            models.Index(fields=["address"], name="item_address", condition=models.Q(address__isnull=False)),
            models.Index(
                fields=["case"],
                name="item_taken_back",
                condition=models.Q(state__in=("withdrawn", "restoring", "restored")),
            ),
        ]


class ItemCheck(models.Model):
    """One look at an item: verdict as in mapae.workflow.items, by fetching or by the next feed, with its capture."""

    item = models.ForeignKey(CaseItem, on_delete=models.PROTECT, related_name="checks")
    verdict = models.CharField(max_length=16)
    how = models.CharField(max_length=12)  # fetch, feed, officer
    detail = models.CharField(max_length=300, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
