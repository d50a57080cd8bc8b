"""The whole check of the audit log: its chain, the heads kept outside the database, and their time-stamps."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from mapae.desk.audit.authority import read_roots
from mapae.desk.audit.heads import folder, read_heads
from mapae.desk.audit.stamps import Stamp, read_stamps, unstamped
from mapae.desk.audit.verify import Fault, Report, verify

__all__ = ["Checked", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. stamps: those that hold; faults: of the chain first, in the order of its entries, then of stamps;
    unstamped: heads without a stamp; unchecked: stamps that could not be held against anything, as no root is named."""

    report: Report
    stamps: tuple[Stamp, ...]
    faults: tuple[Fault, ...]
    unstamped: tuple[str, ...]
    unchecked: int

    @property
    def first(self) -> Fault | None:
        """The first entry that is not as it was written."""
        return self.faults[0] if self.faults else None

    def plain(self) -> dict[str, Any]:
        """As data: numbers, faults (the first apart), and since when the stamped heads are proven."""
        return {
            "entries": self.report.entries,
            "last": self.report.last,
            "heads": self.report.heads,
            "stamps": [{"head": each.head, "at": _iso(each.at)} for each in self.stamps],
            "stamps_unchecked": self.unchecked,
            "unstamped": list(self.unstamped),
            "first": asdict(self.first) if self.first else None,
            "faults": [asdict(fault) for fault in self.faults],
            "ok": not self.faults,
        }


def check(heads: Path | None = None, roots: Path | None = None) -> Checked:
    """Check everything. heads: the folder, else the desk's own; roots: PEM file, else MAPAE_TSA_ROOTS.

    InputError for a head or a file of roots that cannot be read.
    """
    place = heads or folder()
    kept = read_heads(place)
    named = roots or settings.STAMPING.roots
    stamps = list(read_stamps(place, read_roots(named))) if named else []
    report = verify(kept)
    seqs = {head.where: head.seq for head in kept}
    broken = tuple(
        Fault(seqs.get(each.head, 0), "stamp", f"{each.head}: {each.why}") for each in stamps if each.why
    )
    return Checked(
        report,
        tuple(each for each in stamps if not each.why),
        report.faults + broken,
        tuple(path.name for path in unstamped(place)),
        0 if named else len(list(place.glob("*.tsr"))),
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
