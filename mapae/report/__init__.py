"""Findings as one can read, print and pass on: HTML, CSV."""
