"""What the server that workers are forked from does once: load the engine's modules, run each common kernel.

Compiled code is read from its cache here once, and the workers find it there. Nothing of this decides a finding.
"""

from __future__ import annotations

import gc

import pyarrow as pa

from mapae.contract.run import make_batch
from mapae.detect.lexicon import Lexicon, Term
from mapae.engine import pool as pool
from mapae.model.records import KINDS
from mapae.processes import without_pandas

__all__ = ["warm"]

_WORDS = ("lamp", "램프", "灯")


def warm() -> int:
    """Fold three words and look for them; how many were found, by check and channel."""
    without_pandas()
    kind = KINDS["listing"]
    row = dict.fromkeys(kind.schema.names) | {kind.key: "", "title": " ".join(_WORDS)}
    batch = make_batch(kind.name, pa.RecordBatch.from_pylist([row], schema=kind.schema))
    lexicon = Lexicon.build([tuple(Term(word, channels="both") for word in _WORDS)])
    found = sum(len(hits) for hits in lexicon.scan(batch.text, len(kind.text)))
    gc.collect()
    gc.freeze()  # what is shared by fork stays shared
    return found
