"""The check of complaints: one finding each, with what was told, who is responsible, and until when the right runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.helpline import answers
from mapae.measures.helpline.categories import Categories
from mapae.measures.helpline.cues import CueReader
from mapae.measures.helpline.dates import DateReader
from mapae.measures.helpline.model import FILE, load
from mapae.measures.helpline.operators import OperatorReader
from mapae.measures.helpline.periods import Periods
from mapae.measures.helpline.triage import Complaint, Triage, TriageReader
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK", "triage_reader"]

_SPANS = 6  # places shown of each message


@dataclass(frozen=True)
class _Bound:
    reader: TriageReader
    as_of: date
    provisions: dict[str, str]
    in_force_from: dict[str, date | None]

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a complaint: every message is triaged."""
        for index in range(len(batch)):
            yield self._finding(batch.row(index))

    def _finding(self, row: Row) -> Finding:
        complaint = _complaint(row, self.as_of)
        found = self.reader.read(complaint)
        provision = self.provisions[found.right]
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="complaint",
            subject_id=row.text("complaint_id"),
            reference_id=f"category:{found.category.name}",
            severity=_severity(found),
            score=round(found.category.confidence, 3),
            provision=provision,
            provision_from=self.in_force_from[provision],
            reasons=tuple(_reasons(row, found)),
            operator=found.operator.name if found.operator else None,
            subject_title=row.text("text")[:80],
        )


def _complaint(row: Row, as_of: date) -> Complaint:
    return Complaint(
        row.text("text"),
        row.text("operator"),
        _day(row["received_on"]) or as_of,
        _day(row["purchased_on"]),
        _day(row["delivered_on"]),
    )


def _day(value: str | None) -> date | None:
    """The day of an ISO date or moment; None where there is none that can be read."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _severity(found: Triage) -> Severity:
    if found.hazard:
        return "high"
    return "info" if found.responsible == "not_ours" else "low"


def _reasons(row: Row, found: Triage) -> Iterator[Reason]:
    """Outcome first (no spans), then the places in the text that speak for it."""
    text = row.text("text")
    second = f"next likeliest: {found.category.second}"
    yield Reason(
        "text", 0, 0, "", f"category:{found.category.name}", second, round(found.category.confidence, 3)
    )
    yield Reason(
        "text", 0, 0, "", f"responsible:{found.responsible}", "who answers for it under the pack's table"
    )
    last = found.period.last_day.isoformat() if found.period else ""
    working = "; ".join(found.period.working) if found.period else "no last day runs yet, or none is known"
    yield Reason("text", 0, 0, "", f"right:{found.right}:{last}", working)
    if found.hazard:
        yield Reason("text", 0, 0, "", "hazard", "the message tells of harm or danger from a product")
    weighty = [cue for cue in found.cues if cue.weights.get(found.category.name, 0) > 0 or cue.hazard]
    for cue in weighty[:_SPANS]:
        yield Reason(
            "text", cue.start, cue.end, text[cue.start : cue.end], cue.key, "what the message tells", 0.8
        )
    for start, end in () if weighty else found.category.words:
        detail = "words that messages of this category share"
        yield Reason("text", start, end, text[start:end], found.category.name, detail, 0.5)
    for place in found.places:
        source = row.text(place.field)
        detail = "the service named" if place.weight > 0 else "named, but said not to be the service"
        yield Reason(
            place.field, place.start, place.end, source[place.start : place.end], place.operator.name, detail
        )
    for day in found.days:
        yield Reason(
            "text",
            day.start,
            day.end,
            text[day.start : day.end],
            day.day.isoformat(),
            ", ".join(sorted(day.roles)),
        )


def triage_reader(context: Context) -> TriageReader:
    """The reader of the pack's tables, bound to its law."""
    data = context.pack.data
    rules = data("helpline/rights.yaml")
    return TriageReader(
        OperatorReader(data("helpline/operators.yaml")),
        CueReader(data("helpline/cues.yaml")),
        DateReader(data("helpline/dates.yaml")),
        Categories(load(context.pack.root / "helpline" / FILE), rules["rights"]),
        Periods(context.book),
        rules,
        answers.load(context.pack.root / "helpline" / answers.FILE),
    )


def _bind(context: Context) -> _Bound:
    reader = triage_reader(context)
    provisions = dict(reader.rules["provisions"])
    dated = {key: context.book.provision(key, context.as_of) for key in set(provisions.values())}
    return _Bound(
        reader,
        context.as_of,
        provisions,
        {key: found.valid_from if found else None for key, found in dated.items()},
    )


CHECK = Check(
    key="helpline.triage",
    measure="helpline",
    kinds=("complaint",),
    bind=_bind,
    provisions=("ECA 17", "ECA 18", "ECA 20"),
)
