"""A run that a test kills: python -m tests.engine.killable OUT [PIECES].

With PIECES the feed stops before that piece and waits to be killed, so that no machine is too fast for the test.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from mapae.engine import feed, run_local
from tests.engine.sample import SampleFeed
from tests.engine.test_local import make_job

ROWS, STEP = 1500, 50


@dataclass(frozen=True)
class Halting(SampleFeed):
    """Stops before batch `halt` for good."""

    halt: int = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(super().batches()):
            while number == self.halt:
                time.sleep(60)
            yield batch


if __name__ == "__main__":
    feed.BATCH_ROWS = STEP
    halt = int(sys.argv[2]) if len(sys.argv) > 2 else -1
    run_local(make_job(Path(sys.argv[1]), feeds=(Halting(ROWS, step=STEP, halt=halt),), workers=2))
