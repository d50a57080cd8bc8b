"""Pricing pressure, concentration and simulated mergers for cases written as JSON: whatever their inputs allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from mapae.app.markets_simulated import MODELS, simulated
from mapae.detect.markets import pressure as p
from mapae.detect.markets.concentration import hhi, hhi_partial
from mapae.errors import InputError

__all__ = ["pressure", "read_cases"]

_NEEDS = (
    "shares and owner_pre; prices, margins, diversions and owner_pre; two shares and mkt_elast; two margins; "
    "or a whole market (prices, shares, margins, owners and a demand)"
)


def read_cases(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """(id, inputs) of a JSON file: one map of inputs, a list of them, or {"cases": [{"id", "inputs"}]}.

    InputError where it cannot be read.
    """
    try:
        held = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise InputError(
            f"cannot be read: {error}", where=str(path), mend="write a JSON map of inputs"
        ) from error
    rows = held.get("cases", [held]) if isinstance(held, dict) else held
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("no map of inputs", where=str(path), mend=f"give {_NEEDS}")
    return [(str(row.get("id", number + 1)), _inputs(row)) for number, row in enumerate(rows)]


def _inputs(row: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a case, with the demand that its `function` names."""
    named = {"demand": row["function"]} if row.get("function") in MODELS else {}
    given: dict[str, Any] = named | row.get("inputs", row)
    return given


def pressure(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """All figures that these inputs allow, by name (units in the names). InputError, at the case, where none can be."""
    try:
        found = {
            key: value
            for part in (_concentration, _from_elasticities, _bertrand, _cournot, simulated)
            for key, value in part(given)
        }
    except KeyError as error:
        raise InputError(f"{error.args[0]} is missing", where=name, mend=f"give {_NEEDS}") from error
    except (ValueError, TypeError, IndexError, ZeroDivisionError, OverflowError) as error:
        mend = "look at the lengths of the lists, and that margins and diversions are below one"
        raise InputError(f"cannot be worked out: {error}", where=name, mend=mend) from error
    if not found:
        raise InputError("the inputs allow no figure", where=name, mend=f"give {_NEEDS}")
    return found


def _concentration(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "shares" not in given or "owner_pre" not in given or "inside_size" in given:
        return  # with an outside good the index is of inside quantities, which are not given
    ends = {time: _index(given, time) for time in ("pre", "post") if f"owner_{time}" in given}
    yield from ((f"hhi_{time}", value) for time, value in ends.items())
    if len(ends) == 2:
        yield "hhi_delta", ends["post"] - ends["pre"]
    if max(given["shares"]) < 1:
        yield "diversion_by_share", p.diversion_by_share(given["shares"]).tolist()


def _index(given: Mapping[str, Any], time: str) -> float:
    owners = given[f"owner_{time}"]
    if isinstance(owners[0], list):
        return hhi_partial(given["shares"], owners, given.get(f"control_{time}"))
    return hhi(given["shares"], owners)


def _from_elasticities(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "elasticities" in given and "quantities" in given:
        found = p.diversion_from_elasticities(given["elasticities"], given["quantities"])
        yield "diversion_from_elasticities", found.tolist()


def _bertrand(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    diversions = given.get("diversions")
    if not diversions or "margins" not in given or any(margin is None for margin in given["margins"]):
        return
    if not isinstance(diversions[0], list):
        yield from _grid(given["margins"], diversions)
        return
    data = given["prices"], given["margins"], diversions
    if "owner_pre" in given:
        owners = given["owner_pre"], given.get("owner_post")
        buyers = not given.get("output", True)
        yield "cmcr_percent_of_cost", p.cmcr(*data, *owners, buyers=buyers)
        yield "cmcr_percent_of_price", p.cmcr(*data, *owners, of="price", buyers=buyers)
        yield "upp_percent_of_price", p.upp(*data, *owners, given.get("mc_delta"), buyers=buyers)
    if len(diversions) == 2 and given.get("output", True):
        yield "guppi_percent_of_price", p.guppi(*data)
        yield "gross_upp_money", p.net_upp(*data, [0.0, 0.0])
    if "efficiency" in given:
        yield "net_upp_money_one_sided", p.net_upp(*data, given["efficiency"])
        both = p.net_upp(*data, given["efficiency"], saving_in_margin=True)
        yield "net_upp_money_with_rivals_saving_in_its_margin", both


def _grid(margins: list[float], diversions: list[float]) -> Iterator[tuple[str, Any]]:
    """Two alike products for every margin (rows) and diversion (columns)."""
    pairs = [[p.cmcr_pair(margin, diversion) for diversion in diversions] for margin in margins]
    yield "cmcr_percent_of_cost", [[cost for cost, _ in row] for row in pairs]
    yield "cmcr_percent_of_price", [[price for _, price in row] for row in pairs]
    yield (
        "upp_percent_of_price",
        [[100 * margin * diversion for diversion in diversions] for margin in margins],
    )


def _cournot(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "mkt_elast" in given and len(given.get("shares", ())) == 2 and "owner_pre" not in given:
        yield from p.cournot_from_shares(given["shares"], given["mkt_elast"]).items()
    elif set(given) <= {"margins", "id", "note"} and len(given.get("margins", ())) == 2:
        yield from p.cournot_from_margins(given["margins"]).items()
