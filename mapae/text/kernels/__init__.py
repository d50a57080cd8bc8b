"""Compiled loops of the text layer: numpy and numba only, each beside a plain-Python reference."""
