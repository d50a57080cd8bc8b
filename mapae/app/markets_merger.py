"""A merger looked at on a table of market shares, by the law as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from mapae.app.inputs import open_inputs
from mapae.contract import Context
from mapae.detect.markets.cells import folded
from mapae.detect.markets.flaws import plain_name
from mapae.detect.markets.judged import JudgedMarket
from mapae.detect.markets.merger import Merger, merge
from mapae.detect.markets.read import read_markets
from mapae.errors import UsageError

__all__ = ["merger"]


def merger(path: Path, firms: Sequence[str], context: Context) -> list[dict[str, Any]]:
    """A row for every market and period in which both firms (or groups) stand. UsageError where there is none.

    Amounts in per cent and HHI points; `guideline` is a reference only (packs/kr/markets/merger.yaml).
    """
    if len(firms) != 2:
        raise UsageError(
            "two firms merge", where="--merge", mend="--merge 'ONE,OTHER' as they stand in the table"
        )
    inputs = open_inputs((path,), kind="market_share")
    rows = (row for feed in inputs.feeds for batch in feed.batches() for row in batch.to_pylist())
    read = read_markets(rows, context.pack.data("markets/words.yaml"), context.book, context.as_of)
    found = []
    for judged in read.judged:
        at = [_place(judged, firm) for firm in firms]
        if at[0] is not None and at[1] is not None and at[0] != at[1]:
            lead = context.book.value("mrf.9.lead_share", context.as_of)
            if lead is None:
                raise UsageError(
                    "MRF 9 has no value on this day", where="--as-of", mend="take a day on which it is law"
                )
            said = merge(judged.box, at[0], at[1], judged.rule, Fraction(str(lead)) / 100)
            found.append(_row(judged, said, context))
    if not found:
        flaw = f"; {len(read.flaws)} rows are faulty" if read.flaws else ""
        raise UsageError(
            f"no market in which {firms[0]} and {firms[1]} both stand{flaw}",
            where="--merge",
            mend="write them as in the columns firm or group",
        )
    return found


def _place(judged: JudgedMarket, firm: str) -> int | None:
    """Number of the group in the box, by its own name or that of one of its firms, else whatever its legal form."""
    wanted = folded(firm)
    for at, (name, entries) in enumerate(judged.market.groups().items()):
        if wanted in (folded(name), *(folded(entry.firm) for entry in entries)):
            return at
    bare = plain_name(firm)
    return next((at for at, name in enumerate(judged.market.groups()) if plain_name(name) == bare), None)


def _row(judged: JudgedMarket, said: Merger, context: Context) -> dict[str, Any]:
    key = judged.market.key
    return {
        "market": key.market,
        "definition": key.definition or None,
        "period": key.period or None,
        "joint_share": [round(float(end) * 100, 6) for end in said.share],
        "hhi_before": [said.before.low, said.before.high],
        "hhi_after": [said.after.low, said.after.high],
        "hhi_added": [said.added.low, said.added.high],
        "presumed_to_restrain": said.presumed,
        "meets_dominance": said.dominance,
        "largest_and_ahead": said.lead,
        "provision": "MRF 9(3) no. 1",
        "guideline": _guideline(said, context),
    }


def _guideline(said: Merger, context: Context) -> str:
    """Whether HHI after and added lie in the guideline's safe zone; a reference that was not read."""
    data = context.pack.data("markets/merger.yaml")
    answers = {
        _safe(after, added, data["safe"])
        for after in (said.after.low, said.after.high)
        for added in (said.added.low, said.added.high)
    }
    word = "depends" if len(answers) > 1 else "inside" if answers.pop() else "outside"
    return f"{word} the safe zone, for reference (text not read: {data['reference']})"


def _safe(after: float, added: float, levels: list[dict[str, Any]]) -> bool:
    level = next(one for one in levels if after < one["below"])
    return level["change"] is None or added < level["change"]
