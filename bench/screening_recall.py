"""The high-recall mode: how many recalls it brings up from titles that are misspelt or bare, and how fast it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from bench import Row
from bench.generate import prepared
from bench.screening import ROWS, building, run_screen, speed_row
from mapae.app.context import make_context
from mapae.catalog import checks
from mapae.contract.run import make_batch
from mapae.detect.recall_entry import HIGH, NORMAL
from mapae.model.records import KINDS

TITLE = "High-recall mode of recalls"
INTRO = (
    "Titles made from the pack's own notices (brand, product, model), held against them and 100,000 invented recalls: as "
    "they are; with one letter changed, lost or doubled in a quarter of the words; with brand and model left out, where "
    "three words of the product remain. Share of titles whose notice is among the candidates. `us`: processor time a "
    "listing, whole process tree."
)
SEED = 20261125
_LEAST = 3  # words that are left of a product's name without brand and model
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
Made = Callable[[random.Random, dict[str, Any]], str]


def main() -> list[Row]:
    """Candidate recall by kind of title and mode, then the rate of whole runs."""
    listings, lists = prepared(ROWS)
    context = make_context("kr", date(2026, 11, 24), str(lists))
    bound: Any = next(check for check in checks() if check.key == "hazardous_goods.recalls").bind(context)
    notices = [(at, row) for at, row in enumerate(bound.table.to_pylist()) if row["source"] != "bench"]
    rows = []
    for name, made in (("as they are", whole), ("a quarter misspelt", misspelt), ("bare", bare)):
        rng = random.Random(SEED)
        titles = [(at, title) for at, row in notices if (title := made(rng, row))]
        shares = {
            mode: _found(bound, titles, chosen) for mode, chosen in (("normal", NORMAL), ("high", HIGH))
        }
        rows.append(Row(f"titles {name}", {"titles": len(titles), **shares}))
    first = building(listings, lists, "--high-recall")
    runs = run_screen(listings, lists, "--workers", "2", "--high-recall", times=1)
    return [*rows, first, speed_row("local, 2 processes, --high-recall", runs, runs)]


def _found(bound: Any, titles: list[tuple[int, str]], mode: Any) -> float:
    """Share of the titles whose notice is a candidate."""
    schema = KINDS["listing"].schema
    cells = [dict.fromkeys(schema.names) | {"listing_id": str(at), "title": title} for at, title in titles]
    batch = make_batch("listing", pa.RecordBatch.from_pylist(cells, schema=schema))
    found = bound.index.candidates(batch.text, len(batch.kind.text), mode)
    own = np.array([at for at, _ in titles])
    hit = np.unique(found.row[found.recall == own[found.row]])
    return len(hit) / max(1, len(titles))


def whole(_: random.Random, row: dict[str, Any]) -> str:
    """Brand, product and model as the notice names them; empty where it names no product."""
    product = (row["products"] or [""])[0]
    brand = (row["brands"] or [""])[0]
    model = (row["models"] or [""])[0]
    front = "" if brand.casefold() in product.casefold() else brand
    return " ".join(part for part in (front, product, model) if part) if product else ""


def misspelt(rng: random.Random, row: dict[str, Any]) -> str:
    """The same with a quarter of its words, one at least, misspelt by one letter."""
    words = whole(rng, row).split()
    long = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for at in rng.sample(long, min(len(long), max(1, round(len(words) / 4)))):
        words[at] = slip(rng, words[at])
    return " ".join(words) if long else ""


def slip(rng: random.Random, word: str) -> str:
    """The word with one letter changed, lost, doubled, or two of them swapped."""
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + rng.choice(_LETTERS) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def bare(_: random.Random, row: dict[str, Any]) -> str:
    """The product's words that are neither of a brand nor of a model; empty where fewer than three remain."""
    product = (row["products"] or [""])[0]
    named = {part for name in (*(row["brands"] or ()), *(row["models"] or ())) for part in _words(name)}
    left = [word for word in product.split() if not set(_words(word)) & named]
    return " ".join(left) if len(left) >= _LEAST else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
