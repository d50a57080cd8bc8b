"""What the finding of a surge says: its title in Korean and English, what was counted, what rose, by how many users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mapae.contract import Context
from mapae.detect.surges.words import Risen
from mapae.measures.helpline.surges_read import Counted
from mapae.measures.helpline.surges_replay import Surge
from mapae.measures.helpline.surges_words import About
from mapae.model.finding import Reason

__all__ = ["reasons", "title"]

_NAMES = {"text": "words"}
_LEAST = 1e-300  # smaller chances are not told apart
_LONGEST = 200
_TURNED = (
    "days up to the 12th stood as months in the file (05-04 for 04-05), far outside of all other dates; they were turned "
    "round before counting"
)


def title(surge: Surge, values: Mapping[str, str], context: Context) -> str:
    """Whom it is about, the day, how many and how many were expected: Korean, then English."""
    peak = surge.peak
    named = context.pack.data("helpline/advice.yaml")["categories"].get(values.get("category"), {})
    others = [value for column, value in values.items() if column != "category" or not named]
    ko, en = ([*others, *([named[one]] if named else [])] for one in ("ko", "en"))
    if peak["observed"] > peak["bound"]:
        seen, due, span, spanned = peak["observed"], peak["expected"], "", "on"
    else:
        seen, due = peak["window_observed"], peak["window_expected"]
        span, spanned = "까지 7일간 ", "in seven days to"
    said = (
        f"{' · '.join(ko) or '전체'} 상담 급증: {peak['day']} {span}{seen}건(예상 {due:.1f}) — "
        f"{seen} complaints{' about ' + ' · '.join(en) if en else ''} {spanned} {peak['day']}, {due:.1f} expected"
    )
    return said[:_LONGEST]


def reasons(
    surge: Surge, values: Mapping[str, str], counted: Counted, told: About | None, context: Context
) -> Iterator[Reason]:
    """What was counted, then what rose. Details change as a surge goes on; what its finding is known by does not."""
    peak = surge.peak
    said = (
        f"{peak['observed']} received on {peak['day']}; {peak['expected']:.1f} expected, at most {peak['bound']} by chance; "
        f"{peak['window_observed']} in the seven days to then, {peak['window_expected']:.1f} expected; "
        f"p {_small(peak['p'])}, q {_small(peak['q'])}"
    )
    yield Reason("received_on", 0, 0, "", f"surge:{surge.first.isoformat()}", said)
    yield Reason("received_on", 0, 0, "", "days", _days(surge.first, surge.last, surge.alarms), 0.9)
    told = told or About()
    rose = "; ".join(f"{_NAMES.get(name, name)}: {_more(rows)}" for name, rows in told.risen.items())
    yield Reason("text", 0, 0, "", "risen", rose or "nothing clearly more than before", 0.8)
    if list(values) == ["operator"] and (users := _users(values["operator"], context)):
        yield Reason("operator", 0, 0, "", "users", _per_million(peak["window_observed"], users), 0.6)
    if counted.turned:
        yield Reason("received_on", 0, 0, "", "dates", _TURNED, 0.6)
    yield Reason("complaint_id", 0, 0, "", "examples", ", ".join(told.examples), 0.5)


def _users(operator: str, context: Context) -> Mapping[str, Any] | None:
    """The last figure of the operator's monthly users that was known on the day, with its series."""
    found = [
        {**row, "source": series["source"]["en"]}
        for series in context.pack.data("statistics/trade.yaml")
        if series.get("operator", "").casefold() == operator.casefold() and series["unit"] == "persons"
        for row in series["values"]
        if row["value"] and row["known_on"] <= context.as_of
    ]
    return max(found, key=lambda row: str(row["period"]), default=None)


def _per_million(seen: int, users: Mapping[str, Any]) -> str:
    rate = seen / users["value"] * 1e6
    return (
        f"{rate:.1f} in the seven days per million monthly users ({users['value']:,} users in {users['period']}, "
        f"{users['source']}, {users['reference']})"
    )


def _days(first: date, last: date, alarms: int) -> str:
    return f"{alarms} days of alarm from {first} to {last}"


def _more(rows: Sequence[Risen]) -> str:
    return ", ".join(
        f"{row.word} ({row.now} of {row.of_now}, before {row.before} of {row.of_before})" for row in rows
    )


def _small(p: float) -> str:
    if p < _LEAST:
        return f"under {_LEAST:.0e}"
    return f"{p:.4f}" if p >= 0.0001 else f"{p:.0e}"
