"""The versioned reference store: lists that records are held against, from the pack and from imports."""

from mapae.lists.store import ListStore, Source

__all__ = ["ListStore", "Source"]
