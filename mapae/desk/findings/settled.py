"""What was decided lawful: evidence that is not raised again."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from mapae.desk.findings.models import Decision, Finding

__all__ = ["is_settled", "release", "settle", "settled_by", "settled_keys"]

_AT_ONCE = 500


def settled_keys() -> set[str]:
    """Keys of evidence that officers decided lawful, by rejecting a finding or by closing a case."""
    rejected = _lawful().values_list("finding__evidence_key", flat=True).distinct()
    closed = Finding.objects.filter(state="settled").order_by().values_list("evidence_key", flat=True)
    return {*rejected, *closed.distinct()}


def settle(keys: Collection[str]) -> int:
    """Take new findings on this evidence out of the queues; how many there were."""
    every, taken = sorted(keys), 0
    for at in range(0, len(every), _AT_ONCE):
        part = every[at : at + _AT_ONCE]
        taken += Finding.objects.filter(state="new", evidence_key__in=part).update(state="settled")
    return taken


def is_settled(key: str) -> bool:
    """Whether a standing decision, of a finding or of a closed case, holds this evidence lawful."""
    closed = Finding.objects.filter(evidence_key=key, case__outcome="lawful")
    return _lawful().filter(finding__evidence_key=key).exists() or closed.exists()


def settled_by(finding: Finding) -> Finding | None:
    """The finding whose rejection as lawful settled this one's evidence."""
    row = _lawful().filter(finding__evidence_key=finding.evidence_key).exclude(finding=finding)
    found = row.select_related("finding").first()
    return found.finding if found else None


def release(key: str) -> int:
    """Put settled findings back into the queues where nothing holds their evidence lawful any more."""
    if is_settled(key):
        return 0
    return Finding.objects.filter(evidence_key=key, state="settled").update(state="new")


def _lawful() -> QuerySet[Decision]:
    return Decision.objects.filter(verdict="rejected", reason="lawful", undone_at__isnull=True).order_by()
