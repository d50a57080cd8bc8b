"""Dated law: what holds on a day, and the calendar that statutory periods are counted with."""

from mapae.law.book import LawBook

__all__ = ["LawBook"]
