"""Detectors that measures share: terms in text, pages, and the compiled loops under them."""
