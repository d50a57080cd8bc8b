"""The one place that fetches pages: guarded against private addresses, rebinding, bombs and slow servers; polite; typed."""

from mapae.sources.fetch.fetcher import Fetcher
from mapae.sources.fetch.outcome import OUTCOMES, FetchOutcome, Hop
from mapae.sources.fetch.pace import Pace
from mapae.sources.fetch.rules import FetchRules

__all__ = ["OUTCOMES", "FetchOutcome", "FetchRules", "Fetcher", "Hop", "Pace"]
