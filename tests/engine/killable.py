"""A run that takes its time, for a test that kills it: python -m tests.engine.killable OUT."""

from __future__ import annotations

import sys
from pathlib import Path

from mapae.engine import feed, run_local
from tests.engine.sample import SampleFeed
from tests.engine.test_local import make_job

if __name__ == "__main__":
    feed.BATCH_ROWS = 50
    run_local(make_job(Path(sys.argv[1]), feeds=(SampleFeed(1500, step=50, pause=0.05),), workers=2))
