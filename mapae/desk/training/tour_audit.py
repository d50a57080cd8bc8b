"""The tour's audit check: green, red once an entry of a copy is altered, green again. The log itself is never touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import AuditEntry, record
from mapae.desk.audit.trail import kinds
from mapae.desk.audit.verify import FAULTS, Entry, stored, verify
from mapae.desk.cases.models import Case
from mapae.desk.law import said
from mapae.desk.training.models import recall, remember
from mapae.desk.training.world import person

__all__ = ["alter", "check_log", "checked", "put_back", "shown"]

_KEY = "audit_shown"


def checked() -> bool:
    """Whether anybody has checked the log."""
    return AuditEntry.objects.filter(kind="checked_audit").exists()


def check_log(_case: Case) -> None:
    """The auditor checks the log, as `mapae desk verify-audit` does."""
    report = verify()
    record(person("yuna"), "checked_audit", "all", entries=report.entries, faults=len(report.faults))
    _show(None)


def alter(case: Case) -> None:
    """In a copy, the letter was approved by the officer who drafted it."""
    entry = AuditEntry.objects.filter(kind="approve", subject=f"case:{case.pk}").latest("seq")
    _show((entry.seq, f"user:{person('sora').pk}"))


def put_back(_case: Case) -> None:
    """The copy is as the log again."""
    _show(None)
    remember("audit_put_back", True)


def shown() -> dict[str, Any] | None:
    """What the last check told, in words; None before the first. altered: the entry, who did it, and who is said to have."""
    told = recall(_KEY)
    if told is None:
        return None
    faults = [{**fault, "kind": said(FAULTS[fault["kind"]])} for fault in told["faults"]]
    if told["altered"] is None:
        return {"entries": told["entries"], "faults": faults, "altered": None}
    seq, actor = told["altered"]
    entry = AuditEntry.objects.get(seq=seq)
    about = {
        "seq": seq,
        "kind": said(kinds().get(entry.kind, {"en": entry.kind})),
        "was": _name(entry.actor),
        "now": _name(actor),
    }
    return {"entries": told["entries"], "faults": faults, "altered": about}


def _show(altered: tuple[int, str] | None) -> None:
    """Check the log, or a copy with another actor in one entry, and keep what was told."""
    report = verify(rows=_copy(*altered) if altered else None)
    remember(
        _KEY,
        {
            "entries": report.entries,
            "faults": [asdict(fault) for fault in report.faults[:3]],
            "altered": altered,
        },
    )


def _copy(seq: int, actor: str) -> Iterator[Entry]:
    for row in stored():
        yield (row[0], row[1], actor, *row[3:]) if row[0] == seq else row


def _name(actor: str) -> str:
    found = User.objects.filter(pk=actor.removeprefix("user:")).first() if actor.startswith("user:") else None
    return found.name if found else actor
