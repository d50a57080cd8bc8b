"""How often a holder's claims proved false: decided ones that officers rejected, or whose listing was put back; with n and
Wilson's interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from mapae.app.evaluate.scores import wilson
from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.models import Decision, Finding
from mapae.desk.findings.wrong import TAKEN_BACK
from mapae.desk.law import book
from mapae.desk.rights.models import Claim, RightsHolder

__all__ = ["Score", "score", "scores"]


@dataclass(frozen=True, slots=True)
class Score:
    """decided: claims that count; false: those that proved wrong; low, high: Wilson's 95 % interval of their share."""

    decided: int
    false: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """False over decided; None while nothing is decided."""
        return self.false / self.decided if self.decided else None

    @property
    def percent(self) -> str:
        """The share as pages show it."""
        return _percent(self.share or 0.0)

    @property
    def low_percent(self) -> str:
        """The low end."""
        return _percent(self.low)

    @property
    def high_percent(self) -> str:
        """The high end."""
        return _percent(self.high)

    @property
    def public(self) -> bool:
        """Whether enough is decided to show it to everybody."""
        return bool(self.decided >= _rules()["public_from"])

    @property
    def review(self) -> bool:
        """Whether bulk reports are read one by one before they reach the inbox."""
        return bool(self.decided >= _rules()["review_from"] and self.low >= _rules()["review_low"])


def score(holder: RightsHolder) -> Score:
    """The holder's."""
    return scores([holder])[holder.pk]


def scores(holders: Iterable[RightsHolder]) -> dict[int, Score]:
    """Row number of a holder → score. What waits, duplicates, merged or settled findings, undone decisions do not count."""
    keys = [each.pk for each in holders]
    own = Claim.objects.filter(holder__in=keys)
    dismissed = _by_holder(own.filter(state="dismissed"))
    accepted = _by_holder(own.filter(finding_id__in=_findings("accepted")))
    rejected = _by_holder(own.filter(finding_id__in=_findings("rejected")))
    put_back = _by_holder(own.filter(finding_id__in=_put_back()))
    found = {}
    for key in keys:
        false = dismissed.get(key, 0) + rejected.get(key, 0) + put_back.get(key, 0)
        decided = dismissed.get(key, 0) + rejected.get(key, 0) + accepted.get(key, 0)
        found[key] = Score(decided, false, *wilson(false, decided))
    return found


def _findings(verdict: str) -> Any:
    """Ids of findings with a standing decision of that kind; a duplicate says nothing."""
    standing = Decision.objects.filter(finding=OuterRef("pk"), verdict=verdict, undone_at__isnull=True)
    rows = Finding.objects.filter(Exists(standing.exclude(reason="duplicate")), state=verdict)
    return rows.values("finding_id")


def _put_back() -> Any:
    """Ids of accepted findings whose notice was taken back, or whose case was closed as lawful."""
    items = CaseItem.objects.filter(
        case=OuterRef("case"), subject_id=OuterRef("subject_id"), platform=OuterRef("platform")
    )
    wrong = Q(case__outcome="lawful") | Exists(items.filter(state__in=TAKEN_BACK))
    return Finding.objects.filter(wrong, state="accepted").values("finding_id")


def _by_holder(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("holder").annotate(n=Count("pk")))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _rules() -> dict[str, Any]:
    found: dict[str, Any] = book().pack.data("merchants/rights.yaml")["score"]
    return found
