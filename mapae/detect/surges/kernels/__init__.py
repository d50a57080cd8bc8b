"""Compiled loops of the surge detector, beside mapae.detect.surges.plain."""
