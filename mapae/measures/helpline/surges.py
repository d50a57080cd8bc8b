"""The set-wise check of complaints: where more came in than was to be expected, since when, and what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mapae.contract import Check, Context, Records, Whole
from mapae.detect.surges.decide import Rules
from mapae.law.calendar import is_free_day
from mapae.measures.helpline.check import triage_reader
from mapae.measures.helpline.surges_read import Counted, count, values_of
from mapae.measures.helpline.surges_replay import Surge, replay, surges
from mapae.measures.helpline.surges_said import reasons, title
from mapae.measures.helpline.surges_table import table
from mapae.measures.helpline.surges_told import Teller
from mapae.measures.helpline.surges_words import About, about
from mapae.model.finding import SEVERITIES, Finding, Severity

__all__ = ["CHECK", "judge"]

_FILE = "helpline/surges.yaml"


def judge(records: Records, context: Context) -> Whole:
    """Findings: one a surge, gravest first. Table `surges`: every alarm, and the last day of each series looked at."""
    data: dict[str, Any] = context.pack.data(_FILE)
    rules = Rules(**data["rules"])
    teller = Teller(triage_reader(context), _number(records) <= data["read_at_most"], context.as_of)
    counted = count(
        records, teller, data["series"], context.as_of, data["most_series"], int(rules.excess), is_free_day
    )
    if counted is None:
        return Whole()
    rows = replay(counted, rules, data["replay_days"], data["replay_cells"])
    found = sorted(surges(rows, rules), key=lambda each: _order(each, data))
    told = about(found, counted, records, teller)
    findings = [_finding(surge, counted, told.get(at), context, data) for at, surge in enumerate(found)]
    return Whole(findings, {"surges": table(rows, found, told, counted, rules)})


def _number(records: Records) -> int:
    return sum(len(batch) for batch in records())


def _order(surge: Surge, data: Mapping[str, Any]) -> tuple[int, float, int]:
    gravity = SEVERITIES.index(_severity(surge.peak, data))
    return -gravity, surge.peak["window_expected"] - surge.peak["window_observed"], surge.at


def _severity(peak: Mapping[str, Any], data: Mapping[str, Any]) -> Severity:
    pairs = (("observed", "expected"), ("window_observed", "window_expected"))
    for row in data["severity"]:
        for seen, due in pairs:
            times = peak[seen] / max(peak[due], 1e-9)
            if times >= row["ratio"] and peak[seen] - peak[due] >= row["excess"]:
                severity: Severity = row["severity"]
                return severity
    return "low"


def _finding(
    surge: Surge, counted: Counted, told: About | None, context: Context, data: Mapping[str, Any]
) -> Finding:
    name, value = counted.series[surge.at]
    values = values_of(name, value)
    provision = context.book.provision(data["provision"], context.as_of)
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="series",
        subject_id=f"{name}:{value}" if value else name,
        reference_id=f"surge:{surge.first.isoformat()}",
        severity=_severity(surge.peak, data),
        score=round(1.0 - min(1.0, surge.peak["q"]), 3),
        provision=data["provision"],
        provision_from=provision.valid_from if provision else None,
        reasons=tuple(reasons(surge, values, counted, told, context)),
        operator=values.get("operator"),
        seller_id=values.get("seller"),
        subject_title=title(surge, values, context),
    )


CHECK = Check(
    key="helpline.surges",
    measure="helpline",
    kinds=("complaint",),
    whole=judge,
    provisions=("ECA 26",),
)
