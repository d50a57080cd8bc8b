"""Inspection sheets beside a screening of policies: one HTML and, where it can be drawn, one PDF a document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from mapae.contract import Context
from mapae.detect.tagger import Tagger
from mapae.law.words import cited
from mapae.measures.privacy.check import TABLES, cut, read_policy
from mapae.measures.privacy.evaluation import evaluate_policy
from mapae.measures.privacy.practices import model_in
from mapae.report.inspection import Inspection, lines_of, render_inspection, sheet_data
from mapae.report.inspection_pdf import can_print, printed

__all__ = ["FOLDER", "MOST", "inspect", "write_inspections"]

FOLDER = "inspections"
MOST = 500  # sheets of one run
_KINDS = ("", "privacy")
_NAME = re.compile(r"[^\w.\- ]+")


def write_inspections(
    records: Callable[[], Iterator[pa.RecordBatch]],
    context: Context,
    out: Path,
    language: str,
    *,
    pdf: bool = True,
) -> tuple[str, ...]:
    """Write OUT/inspections/NAME.html (and .pdf) of the first 500 policies; the sheets as paths under OUT.

    records: batches of kind policy from the start. pdf: drawn where Typst is installed.
    """
    rows = (row for batch in records() for row in batch.to_pylist())
    written: dict[str, str] = {}
    tables = _tables(context)
    model = model_in(context.options.get("model"))
    draw = pdf and can_print()
    for row in rows:
        if (row.get("doc_kind") or "") not in _KINDS or not (row.get("text") or "").strip():
            continue
        if len(written) == MOST:
            break
        name = _free(str(row["document_id"] or "policy"), written)
        sheet = inspect(row, context, tables, model)
        folder = out / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.html").write_text(render_inspection(sheet, language), "utf-8")
        if draw:
            (folder / f"{name}.pdf").write_bytes(printed(sheet_data(sheet, language)))
    return tuple(written.values())


def inspect(
    row: Mapping[str, Any],
    context: Context,
    tables: Mapping[str, Any] | None = None,
    model: Tagger | None = None,
) -> Inspection:
    """The sheet of one record of kind policy. tables: the pack's tables where they are at hand."""
    data = tables or _tables(context)
    text = str(row["text"])
    policy = read_policy(text, data, model)
    titles = data["evaluation"]
    articles = ("PIPA 30", "PIPA 28-8", "PIPA 31-2")
    stands = {key: (cited(context.pack, key), _since(context, key)) for key in articles}
    items = {key: ("PIPA 31-2" if key == "P15" else "PIPA 30") for key in policy.items}
    return Inspection(
        facts={
            "operator": str(row.get("operator") or ""),
            "document": str(row["document_id"]),
            "address": str(row.get("url") or ""),
            "fetched": str(row.get("fetched_at") or ""),
            "hash": hashlib.sha256(text.encode()).hexdigest(),
            "as_of": context.as_of.isoformat(),
            "made": f"privacy.policy, {context.pack.key} {context.pack.hash[:12]}",
        },
        items=lines_of(policy.items, text, titles["items"], {k: stands[p] for k, p in items.items()}),
        transfer=lines_of(
            policy.transfer, text, titles["cross_border"], dict.fromkeys(policy.transfer, stands["PIPA 28-8"])
        ),
        agent=policy.agent,
        criteria=evaluate_policy(text, cut(text, data), policy, titles, _told(row)),
        passages=policy.passages,
        titles=titles,
    )  # fmt: skip


def _tables(context: Context) -> dict[str, Any]:
    return {name: context.pack.data(f"privacy/{name}.yaml") for name in (*TABLES, "evaluation")}


def _since(context: Context, key: str) -> str:
    found = context.book.provision(key, context.as_of)
    return found.valid_from.isoformat() if found and found.valid_from else ""


def _told(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Columns of the record beyond its kind: steps, login."""
    extra = orjson.loads(row.get("extra") or "{}")
    return extra if isinstance(extra, dict) else {}


def _free(name: str, taken: dict[str, str]) -> str:
    """A file name made of the document's id that no sheet of the run has yet; it is noted with its page."""
    plain = _NAME.sub("_", name).strip(" ._")[:80] or "policy"
    number, found = 1, plain
    while found.lower() in taken:
        number += 1
        found = f"{plain}-{number}"
    taken[found.lower()] = f"{FOLDER}/{found}.html"
    return found
