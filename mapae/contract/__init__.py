"""What a measure is to the engine: a card with checks; a check binds to pack and lists and turns batches into findings."""

from mapae.contract.batch import Batch, Hits, Row
from mapae.contract.check import Bound, Check, Context, Fault, MeasureCard, Records, Whole
from mapae.contract.whole import titled

__all__ = [
    "Batch",
    "Bound",
    "Check",
    "Context",
    "Fault",
    "Hits",
    "MeasureCard",
    "Records",
    "Row",
    "Whole",
    "titled",
]
