"""`mapae evaluate --from-desk`: the live precision of each check, from officers' decisions."""

from __future__ import annotations

import orjson

from mapae.app.live_precision import BULK_DECISIONS, BULK_PRECISION, RIGHTS, LivePrecision
from mapae.cli.desk import setup

__all__ = ["desk_precision"]


def desk_precision(*, as_json: bool) -> str:
    """The table or JSON to print. UsageError where the desk is not installed."""
    setup()
    from mapae.desk.findings.precision import precision_of_checks

    rows: list[LivePrecision] = precision_of_checks()
    if as_json:
        return orjson.dumps({"checks": [row.plain() for row in rows]}, option=orjson.OPT_INDENT_2).decode()
    head = f"bulk: lower bound of at least {BULK_PRECISION:.0%} over at least {BULK_DECISIONS} decisions"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: LivePrecision) -> str:
    if row.value is None:
        return f"  {row.check:<28} nothing decided yet · {RIGHTS[row.right]['en'].lower()}"
    wrong = ", ".join(f"{key} {n}" for key, n in row.wrong.items()) or "none wrong"
    share = f"precision {row.value:.3f} [{row.low:.3f}–{row.high:.3f}]"
    return f"  {row.check:<28} {share} {row.accepted}/{row.decided} · {wrong} · {RIGHTS[row.right]['en'].lower()}"
