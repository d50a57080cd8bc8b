"""Compiled loops of the detectors: numpy and numba only, each beside a plain-Python reference."""
