"""Runs any checks handed to it over batches of records: in one process, over several, or on Spark.

prepare  binds checks once and stores what they built, so that workers map it instead of building it again
work     one batch in, findings of that batch out
feed     where batches come from, cut to an even size
journal  finished parts on disk, so that a killed run continues
pool     worker processes with back-pressure
shipped  the package in an executor
merge    parts → one sorted file without doubles
local    the run on this machine · spark: the run on a cluster
"""

from mapae.engine.feed import Feed, Piece, Slice
from mapae.engine.local import Job, Outcome, run_local
from mapae.engine.prepare import Ready, make_ready
from mapae.engine.work import screen_batch

__all__ = ["Feed", "Job", "Outcome", "Piece", "Ready", "Slice", "make_ready", "run_local", "screen_batch"]
