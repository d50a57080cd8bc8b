"""The sample of an invented market that the demo screens: ordinary goods from a seed, hard cases written by hand."""

from mapae.app.demo_data.read import hard
from mapae.app.demo_data.write import SEED, Sample, write_first, write_sample

__all__ = ["SEED", "Sample", "hard", "write_first", "write_sample"]
