"""The reference pages that are made from the code: record kinds, findings, provisions, the index of the docs."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from mapae.model.finding import FINDING_SCHEMA
from mapae.model.records import KINDS, SCHEMA_VERSION
from mapae.pack import load_pack

__all__ = ["index", "provisions", "records"]

ROOT = Path(__file__).resolve().parents[1]
MADE = "Written by `make docs`; do not edit."
MODES = {
    "tutorial": "Tutorial: a first time, step by step",
    "how-to": "How to: one task a page",
    "reference": "Reference: what there is",
    "explanation": "Explanation: how measures judge, and why",
    "decisions": "Decisions: what was weighed and measured",
}


def records() -> str:
    """Record kinds, the columns of findings and reasons, each with its meaning; KeyError where one has none."""
    said = yaml.safe_load((ROOT / "tools/columns.yaml").read_text("utf-8"))
    parts = [
        "# Records and findings",
        f"{MADE} Schema version {SCHEMA_VERSION}.",
        "Input columns are recognised by name (Korean, English, Chinese, and the exports of large platforms). Unknown "
        "columns are kept in `extra`, a JSON object. Text is UTF-8; money is a number in the record's own currency; "
        "dates are ISO strings as the source gave them.",
    ]
    for kind in KINDS.values():
        rows = [(field, said["columns"][field.name]) for field in kind.schema if field.name != "extra"]
        searched = f" Searched text: {', '.join(f'`{name}`' for name in kind.text)}." if kind.text else ""
        parts += [f"## {kind.name}", f"{said['kinds'][kind.name]} Key: `{kind.key}`.{searched}", _table(rows)]
    parts += [
        "## finding",
        "A row of `findings.parquet`.",
        _table((f, said["finding"][f.name]) for f in FINDING_SCHEMA),
    ]
    reason = FINDING_SCHEMA.field("reasons").type.value_type
    parts += [
        "### reasons",
        "Every finding has at least one.",
        _table((f, said["reason"][f.name]) for f in reason),
    ]
    return "\n\n".join(parts) + "\n"


def _table(rows: Any) -> str:
    lines = ["| column | type | meaning |", "|---|---|---|"]
    return "\n".join(
        [*lines, *(f"| `{field.name}` | {_type(field.type)} | {text} |" for field, text in rows)]
    )


def _type(kind: pa.DataType) -> str:
    return "list of structs" if pa.types.is_list(kind) else str(kind)


def provisions() -> str:
    """Articles of the pack, one line a law: which ones, and since when the newest wording holds."""
    pack = load_pack("kr")
    regimes = pack.data("pack.yaml")["regimes"]
    parts = [
        "# Provisions of the pack kr",
        f"{MADE} The wording, its history, status and reference: `mapae law show ECA 20-5 --as-of DATE`.",
    ]
    items = sorted(pack.provisions.values(), key=lambda item: item.regime)
    for regime, group in groupby(items, key=lambda item: item.regime):
        lines = [
            f"## {regime}: {regimes[regime]['en']} · {regimes[regime]['ko']}",
            "",
            "| article | title | newest wording from | status |",
            "|---|---|---|---|",
        ]
        for item in sorted(group, key=lambda item: _number(item.article)):
            last = item.versions[-1]
            lines.append(
                f"| {item.article} | {item.title['en']} · {item.title['ko']} | {last.valid_from} | {last.status} |"
            )
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _number(article: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in article.split("-")]


def index() -> str:
    """docs/README.md: every page under its mode, by its first heading."""
    parts = ["# Documentation", MADE]
    for mode, title in MODES.items():
        pages = sorted((ROOT / "docs" / mode).glob("*.md"))
        if pages:
            lines = [f"- [{_heading(page)}]({mode}/{page.name})" for page in pages]
            parts.append("\n".join([f"## {title}", "", *lines]))
    return "\n\n".join(parts) + "\n"


def _heading(page: Path) -> str:
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return page.stem
