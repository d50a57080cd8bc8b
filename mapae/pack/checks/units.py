"""Units that a legal quantity may have, and the sort of value that goes with each."""

from __future__ import annotations

from datetime import date
from typing import Any

from mapae.pack.checks.spelling import near
from mapae.pack.nodes import Node
from mapae.pack.problem import Problem

__all__ = ["UNITS", "check_units", "check_value"]

UNITS = frozenset(
    "KRW USD percent ratio persons days business_days weeks months years hours age m2 count list map text bool date "
    "mg/kg ug/g ppm ug/cm2/week cm pH CFU/g KRW/day percent/year limit".split()
)


def check_units(item: Node, unit: Node | None) -> list[Problem]:
    """A fault where a parameter has no unit or one that is not known."""
    if unit is None or not unit.value:
        return [item.problem("no unit", f"add unit: one of {', '.join(sorted(UNITS))}")]
    return (
        []
        if str(unit.value) in UNITS
        else [unit.problem(f"unknown unit {unit.value!r}", near(str(unit.value), UNITS))]
    )


def check_value(node: Node, unit: str) -> list[Problem]:
    """A fault where the value is not of the unit's sort: a number, or numbers by name, for what is counted."""
    if _fits(node.value, unit):
        return []
    meant = {"bool": "true or false", "list": "a list", "map": "a map", "text": "text", "date": "a day"}
    mend = f"write {meant.get(unit, 'a number in digits, or a map of them')}"
    return [node.problem(f"{node.value!r} is no value in {unit}", mend)]


def _fits(value: Any, unit: str) -> bool:
    sorts: dict[str, type | tuple[type, ...]] = {
        "bool": bool, "list": list, "map": dict, "limit": dict, "text": str, "date": (str, date),
    }  # fmt: skip
    if unit in sorts:
        return isinstance(value, sorts[unit])
    if isinstance(value, dict):
        return all(_fits(item, unit) for item in value.values())
    return isinstance(value, int | float) and not isinstance(value, bool)
