"""Work for processes that some paths bring to a sudden end."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["quit_at_seven"]


def quit_at_seven(path: Path) -> str:
    """The name; at a name that ends in 7 the process is gone."""
    if path.name.endswith("7"):
        os._exit(9)
    return path.name
