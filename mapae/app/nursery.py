"""Imported by the server that workers are forked from: every measure there is, and the engine's own warming."""

from __future__ import annotations

from contextlib import suppress

from mapae.catalog import checks
from mapae.engine.warm import warm

__all__: list[str] = []

# a fault here shows again, with its own message, in the parent or in the worker that meets it
with suppress(Exception):
    checks()
    warm()
