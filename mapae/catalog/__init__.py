"""The table of measures: key → card by dotted name, imported only when asked for; entry points add more."""

from mapae.catalog.table import CARDS, SHADOW, cards, checks

__all__ = ["CARDS", "SHADOW", "cards", "checks"]
