"""What is inside an Android package: manifest, network rules, class names; read in a process of its own."""

from mapae.detect.apk.inspect import LIMITS, Limits, inspect

__all__ = ["LIMITS", "Limits", "inspect"]
