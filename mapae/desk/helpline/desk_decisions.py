"""Officers' decisions on triage as labelled cases, for `mapae train helpline` and `mapae evaluate helpline`.

Only masked text leaves: numbers, addresses and names are blocks of the same length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mapae.desk.audit.models import record
from mapae.desk.helpline.models import Complaint, ComplaintEvent, Correction

__all__ = ["cases", "decided", "write"]

_LANGUAGES = {"zh-hans": "zh"}


def decided() -> QuerySet[Complaint]:
    """Complaints of which a person has said what they are: corrected, or advised by an officer as triaged."""
    corrected = Correction.objects.filter(complaint=OuterRef("pk"))
    advised = ComplaintEvent.objects.filter(complaint=OuterRef("pk"), kind="advised", role="officer")
    return Complaint.objects.filter(Q(Exists(corrected)) | Q(Exists(advised))).exclude(category="")


def cases() -> Iterator[dict[str, Any]]:
    """One case a decided complaint, in the order of their numbers of row."""
    for each in decided().select_related("operator").order_by("pk").iterator(chunk_size=500):
        yield _case(each)


def write(path: Path) -> int:
    """JSON Lines; how many cases. The writing is an entry of the audit log."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for case in cases():
            file.write(json.dumps(case, ensure_ascii=False) + "\n")
            count += 1
    record("system", "export_decisions", "helpline", cases=count)
    return count


def _case(found: Complaint) -> dict[str, Any]:
    named = found.operator.name_en if found.operator else (found.triage.get("operator") or None)
    return {
        "id": found.number,
        "lang": _LANGUAGES.get(found.language, found.language),
        "complaint": {
            "complaint_id": found.number,
            "received_on": timezone.localtime(found.received_at).date().isoformat(),
            "channel": found.channel,
            "operator": found.operator_told or None,
            "text": found.gist,
            "purchased_on": found.purchased_on.isoformat() if found.purchased_on else None,
            "delivered_on": found.delivered_on.isoformat() if found.delivered_on else None,
        },
        "expect": {
            "category": found.category,
            "operator": named,
            "responsible": found.responsible,
            "rights": [found.right or "none"],
            "hazard": found.hazard,
            "withdrawal_deadline": found.last_day.isoformat() if found.last_day else None,
        },
    }
