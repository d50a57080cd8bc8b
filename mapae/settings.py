"""The few settings that come from the environment, each read in one place."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["cache_folder", "home", "worker_count"]


def home() -> Path:
    """The folder for a user's own lists, models and caches: $MAPAE_HOME, else ~/.mapae."""
    return Path(os.environ.get("MAPAE_HOME") or Path.home() / ".mapae")


def cache_folder() -> Path:
    """Where what can be built again is kept: $MAPAE_CACHE, else $XDG_CACHE_HOME/mapae, else ~/.cache/mapae."""
    chosen = os.environ.get("MAPAE_CACHE")
    return (
        Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mapae"
    )


def worker_count() -> int:
    """How many workers to start when none are asked for: the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
