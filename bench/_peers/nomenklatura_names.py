"""Run in .venv/peers: [[kind, a, b], …] on stdin → {"scores": […], "seconds": …}; nomenklatura's LogicV2 on names alone."""

from __future__ import annotations

import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import LogicV2


def entity(kind: str, name: str, key: str) -> object:
    """A person, or a company for a firm, brand or seller, that has a name and nothing else."""
    made = model.make_entity("Person" if kind == "person" else "Company")
    made.id = key
    made.add("name", name)
    return made


def main() -> None:
    config = LogicV2.default_config()
    asked = json.load(sys.stdin)  # it remembers by key: each entity needs one of its own
    pairs = [(entity(kind, a, f"a{at}"), entity(kind, b, f"b{at}")) for at, (kind, a, b) in enumerate(asked)]
    for kind in ("person", "firm"):
        LogicV2.compare(entity(kind, "x y", "a"), entity(kind, "x z", "b"), config)  # its tables are read now
    start = time.perf_counter()
    scores = [LogicV2.compare(a, b, config).score for a, b in pairs]
    print(json.dumps({"scores": scores, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
