"""How far the tour has come, read from the tour's case itself; the page shows it, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from mapae.desk.answers.models import Contest
from mapae.desk.cases.models import Case, CaseItem, ItemCheck
from mapae.desk.documents.models import Document
from mapae.desk.training import phone
from mapae.desk.training.models import ShopListing
from mapae.desk.training.reading import story

__all__ = ["TourState", "state_of"]


@dataclass(frozen=True, slots=True)
class TourState:
    """The live state. Each `done` is a fact of the database, whoever brought it about."""

    case: Case
    told: bool
    joined: bool
    assigned: bool
    document: Document | None
    answered: int
    contest: Contest | None
    reported: bool
    checked: int
    still_up: int
    restored: bool
    verified: bool
    relisted: bool
    noticed: bool

    @property
    def drafted(self) -> bool:
        """Whether the recommendation is written."""
        return self.document is not None

    @property
    def approved(self) -> bool:
        """Whether a second person approved it."""
        return self.document is not None and self.document.state in ("approved", "sent", "served")

    @property
    def served(self) -> bool:
        """Whether it was served, so that clocks run."""
        return self.document is not None and self.document.served_at is not None

    @property
    def decided(self) -> bool:
        """Whether the contest was accepted."""
        return self.contest is not None and self.contest.verdict == "accepted"


def state_of(case: Case) -> TourState:
    """Read everything anew."""
    shop = story("shop")
    kinds = set(case.events.values_list("kind", flat=True))
    items = CaseItem.objects.filter(case=case)
    again = shop["relisting"]["id"]
    return TourState(
        case=case,
        told=(found := phone.told()) is not None and found.withdrawals.exists(),
        joined=phone.joined(case),
        assigned="assigned" in kinds,
        document=case.documents.filter(kind="takedown_recommendation").exclude(state="withdrawn").first(),
        answered=items.filter(said_removed_at__isnull=False).count(),
        contest=Contest.objects.filter(item__case=case).order_by("pk").first(),
        reported="report_received" in kinds,
        checked=ItemCheck.objects.filter(item__case=case).exclude(verdict="restored").count(),
        still_up=items.filter(state="still_up").count(),
        restored="restored" in kinds,
        verified=case.state == "verified" or "reopened" in kinds,
        relisted=ShopListing.objects.filter(listing_id=again, up=True).exists(),
        noticed=items.filter(subject_id=again).exists() or "relisted" in kinds or "reopened" in kinds,
    )
