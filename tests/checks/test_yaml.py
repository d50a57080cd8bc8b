"""The data files: a key that stands twice would hide what its first says, and no reader tells."""

from __future__ import annotations

from pathlib import Path

import mapae
from mapae.pack.nodes import read_nodes


def test_no_key_of_a_data_file_stands_twice():
    files = sorted(Path(mapae.__file__).parent.rglob("*.yaml"))
    assert [str(problem) for file in files for problem in read_nodes(file)[1]] == []
