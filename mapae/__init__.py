"""Mapae: screens what overseas shops sell against dated law and safety lists, with evidence."""

from pathlib import Path

from mapae.compiled import keep_apart

__version__ = "0.1.0"

keep_apart(Path(__file__).parent)
