"""Claims of medicine on listings of food and cosmetics: what is said of which illness, and the article that forbids it."""

from mapae.measures.illegal_ads.claims.check import CHECK

__all__ = ["CHECK"]
