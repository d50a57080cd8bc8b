"""What a measure is to the engine: a card with checks; a check binds to pack and lists and turns batches into findings."""

from mapae.contract.batch import Batch, Hits, Row
from mapae.contract.check import Bound, Check, Context, MeasureCard

__all__ = ["Batch", "Bound", "Check", "Context", "Hits", "MeasureCard", "Row"]
