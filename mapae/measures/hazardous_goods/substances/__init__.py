"""Blocked ingredients in what is offered: names and spellings, what the text denies, what the goods are."""

from mapae.measures.hazardous_goods.substances.check import CHECK

__all__ = ["CHECK"]
