"""Recalled products: notices of safety agencies held against listings."""

from mapae.measures.hazardous_goods.recalls.check import CHECK

__all__ = ["CHECK"]
