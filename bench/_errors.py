"""The labelled cases that are answered wrong, by kind: each explained in errors.yaml, or listed as not yet sorted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bench import Row

__all__ = ["by_kind"]


def by_kind(wrong: Mapping[str, Sequence[str]], part: str | None = None) -> list[Row]:
    """Rows of a table: kinds of error by number of cases, then what is not explained, then what is explained and right.

    wrong: set → ids of its cases that are wrong today. part: the part of the list that has kinds of its own.
    """
    table = yaml.safe_load(Path(__file__).with_name("errors.yaml").read_text("utf-8"))
    table = table[part] if part else table
    found: dict[str, list[str]] = defaultdict(list)
    unsorted = []
    for case in (case for cases in wrong.values() for case in cases):
        about = table["cases"].get(case)
        if about is None:
            unsorted.append(case)
        else:
            found[about["kind"]].append(f"{case}: {about['reason']}")
    rows = [
        Row(table["kinds"][kind], {"wrong cases": len(cases)}, "; ".join(cases))
        for kind, cases in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    mended = sorted(set(table["cases"]) - {case for cases in wrong.values() for case in cases})
    rows.append(Row("not yet sorted", {"wrong cases": len(unsorted)}, ", ".join(unsorted)))
    rows.append(Row("explained in errors.yaml, right today", {"wrong cases": len(mended)}, ", ".join(mended)))
    return rows
