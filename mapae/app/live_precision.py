"""How often each check is right in officers' eyes, and what it may do by that: trial, reviewed, bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from mapae.app.evaluate.scores import wilson

__all__ = ["BULK_DECISIONS", "BULK_PRECISION", "RIGHTS", "Counted", "LivePrecision", "live_precision"]

BULK_PRECISION, BULK_DECISIONS = 0.9, 50
# what a check may do, weakest first
RIGHTS: dict[str, dict[str, str]] = {
    "trial": {"ko": "시범 운영", "en": "On trial", "zh": "试运行"},
    "reviewed": {"ko": "건별 검토", "en": "Reviewed one by one", "zh": "逐件审核"},
    "bulk": {"ko": "일괄 채택 가능", "en": "May be accepted in bulk", "zh": "可批量采纳"},
}
# reasons of rejection that say nothing about the check
_SILENT = frozenset({"duplicate"})


@dataclass(frozen=True, slots=True)
class Counted:
    """`n` standing decisions of one kind. verdict: accepted, rejected or withdrawn (accepted, then found wrong: the notice
    was withdrawn); bulk: taken with others unseen, which proves nothing unless it was withdrawn."""

    measure: str
    check: str
    verdict: str
    n: int
    reason: str = ""
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class LivePrecision:
    """A check's record. decided: decisions that count; accepted: those that held; low, high: Wilson's 95 % interval;
    right: a key of RIGHTS; wrong: how many decisions of each reason counted against it."""

    measure: str
    check: str
    accepted: int
    decided: int
    low: float
    high: float
    right: str
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """Accepted over decided; None while nothing is decided."""
        return self.accepted / self.decided if self.decided else None

    def plain(self) -> dict[str, Any]:
        """As JSON shows it."""
        return {
            "measure": self.measure, "check": self.check, "accepted": self.accepted, "decided": self.decided,
            "precision": self.value, "low": self.low, "high": self.high, "right": self.right, "wrong": self.wrong,
        }  # fmt: skip


def live_precision(
    counted: Iterable[Counted], checks: Iterable[tuple[str, str]] = (), trial: Collection[str] = ()
) -> list[LivePrecision]:
    """One row a check, by measure and check. checks: (measure, check) that are to stand there in any case; trial: on trial.

    A check may be accepted in bulk when the lower bound of its precision is at least .9 over at least 50 decisions.
    """
    held: dict[tuple[str, str], int] = dict.fromkeys(checks, 0)
    wrong: dict[tuple[str, str], dict[str, int]] = {pair: {} for pair in held}
    for item in counted:
        pair = (item.measure, item.check)
        held.setdefault(pair, 0)
        reasons = wrong.setdefault(pair, {})
        if item.verdict == "accepted" and not item.bulk:
            held[pair] += item.n
        elif item.verdict == "withdrawn":
            held[pair] -= 0 if item.bulk else item.n
            reasons["withdrawn"] = reasons.get("withdrawn", 0) + item.n
        elif item.verdict == "rejected" and item.reason not in _SILENT:
            reasons[item.reason] = reasons.get(item.reason, 0) + item.n
    return [_row(pair, held[pair], wrong[pair], trial) for pair in sorted(held)]


def _row(
    pair: tuple[str, str], accepted: int, wrong: dict[str, int], trial: Collection[str]
) -> LivePrecision:
    decided = accepted + sum(wrong.values())
    low, high = wilson(accepted, decided)
    proven = decided >= BULK_DECISIONS and low >= BULK_PRECISION
    right = "trial" if pair[1] in trial else ("bulk" if proven else "reviewed")
    return LivePrecision(*pair, accepted, decided, low, high, right, dict(sorted(wrong.items())))
