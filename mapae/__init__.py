"""Mapae: screens what overseas shops sell against dated law and safety lists, with evidence."""

__version__ = "0.1.0"
