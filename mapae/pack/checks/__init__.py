"""The compiler's validators, one a file."""

from mapae.pack.checks.periods import check_periods
from mapae.pack.checks.references import check_references
from mapae.pack.checks.spelling import near
from mapae.pack.checks.stale import check_stale
from mapae.pack.checks.tables import check_tables
from mapae.pack.checks.units import UNITS, check_units, check_value

__all__ = [
    "UNITS",
    "check_periods",
    "check_references",
    "check_stale",
    "check_tables",
    "check_units",
    "check_value",
    "near",
]
