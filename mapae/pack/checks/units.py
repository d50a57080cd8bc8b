"""Units that a legal quantity may have."""

from __future__ import annotations

from mapae.pack.checks.spelling import near
from mapae.pack.nodes import Node
from mapae.pack.problem import Problem

__all__ = ["UNITS", "check_units"]

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
