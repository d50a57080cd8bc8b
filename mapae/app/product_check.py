"""Checks one product for a consumer: a share text, address, model or barcode held against recalls and blocked ingredients.

The code path of `mapae screen` judges the words as a listing; besides, a barcode or a model by itself is looked up in the
notices, since a listing of one number only says too little for the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pyarrow as pa

from mapae.app.context import make_context
from mapae.contract import Context
from mapae.contract.run import Prepared, prepare
from mapae.measures.hazardous_goods.recalls import CHECK as RECALLS
from mapae.measures.hazardous_goods.substances import CHECK as SUBSTANCES
from mapae.model.finding import Finding
from mapae.model.records import KINDS

__all__ = ["MOST", "Checked", "Known", "addresses", "barcodes", "check_product", "safety_notices"]

MOST = 4000  # characters of a text that are read
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]】]+", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)\d(?:[ -]?\d){7,13}(?!\d)")
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{3,29}")
_LENGTHS = (8, 12, 13, 14)  # of a GTIN (GS1 General Specifications, 7.9)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the product.

    kind: recalled or blocked (an ingredient); sure: by number, brand and product, else only alike; seen: words or number that
    told; date: ISO day of the notice; hazard: the notice's key of harm; provision: the article it rests on here.
    """

    kind: str
    reference_id: str
    sure: bool
    title: str
    seen: tuple[str, ...]
    source: str
    date: str
    hazard: str
    url: str
    provision: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: what is known, the gravest first; numbers and addresses that were read; how many notices were looked at,
    and the day of the newest."""

    known: tuple[Known, ...]
    codes: tuple[str, ...]
    addresses: tuple[str, ...]
    notices: int
    newest: str


def check_product(text: str, as_of: date, pack: str = "kr") -> Checked:
    """Hold what a consumer pasted against the lists as of a day. Only the first MOST characters are read."""
    told = text[:MOST].strip()
    links, codes = addresses(told), barcodes(told)
    ready, context = _ready(pack, as_of)
    words = _ADDRESS.sub(" ", told).strip()
    row: dict[str, object] = dict.fromkeys(KINDS["listing"].schema.names)
    row |= {"listing_id": "1", "title": words or told, "url": links[0] if links else None}
    row |= {"gtin": codes[0] if codes else None}
    batch = pa.RecordBatch.from_pylist([row], schema=KINDS["listing"].schema)
    found = [_known(item, context) for item in ready.findings(batch)]
    found += _by_number(words, codes, context)
    best: dict[str, Known] = {}
    for each in sorted(found, key=lambda item: (not item.sure, item.kind)):
        best.setdefault(each.reference_id, each)
    table = context.lists.table("recalls")
    newest = max((str(day) for day in table["date"].to_pylist() if day), default="")
    return Checked(tuple(best.values()), codes, links, table.num_rows, newest)


def safety_notices(as_of: date, most: int = 50, pack: str = "kr") -> tuple[Known, ...]:
    """The newest notices of the lists, newest first, none later than the day."""
    _, context = _ready(pack, as_of)
    table = context.lists.table("recalls").sort_by([("date", "descending"), ("id", "ascending")])
    rows = (row for row in table.to_pylist() if row["date"] and row["date"] <= as_of.isoformat())
    return tuple(_notice(row, (), sure=True) for row, _ in zip(rows, range(most), strict=False))


def addresses(text: str) -> tuple[str, ...]:
    """Addresses in the text, without what a sentence puts behind them."""
    return tuple(dict.fromkeys(found.rstrip(".,;:!?…。，") for found in _ADDRESS.findall(text)))


def barcodes(text: str) -> tuple[str, ...]:
    """Numbers with the length and the check digit of a GTIN (EAN, UPC), as digits."""
    found = (re.sub(r"\D", "", code) for code in _CODE.findall(_ADDRESS.sub(" ", text)))
    return tuple(dict.fromkeys(code for code in found if len(code) in _LENGTHS and _checks(code)))


def _checks(code: str) -> bool:
    digits = [int(digit) for digit in reversed(code)]
    return sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0


@lru_cache(maxsize=2)
def _ready(pack: str, as_of: date) -> tuple[Prepared, Context]:
    """The checks bound to pack and own lists as of a day."""
    context = make_context(pack, as_of)
    return prepare((RECALLS, SUBSTANCES), context, "listing"), context


def _known(item: Finding, context: Context) -> Known:
    seen = tuple(dict.fromkeys(reason.seen for reason in item.reasons if reason.seen))
    if item.check == RECALLS.key:
        row = next(
            row for row in context.lists.table("recalls").to_pylist() if row["id"] == item.reference_id
        )
        return _notice(row, seen, sure=item.severity != "info", provision=item.provision)
    source, _sep, name = item.reference_id.partition(":")
    table = context.lists.table("ingredients")
    days = [
        day
        for known, day in zip(table["name_en"].to_pylist(), table["date"].to_pylist(), strict=True)
        if known == name
    ]
    sure, day = item.severity != "info", next((str(day) for day in days if day), "")
    return Known("blocked", item.reference_id, sure, name, seen, source, day, "", "", item.provision)


def _by_number(words: str, codes: tuple[str, ...], context: Context) -> list[Known]:
    """Notices that name a barcode or, where little else was told, a model of the text."""
    wanted = {code.lstrip("0") for code in codes}
    tokens = {_plain(word) for word in _MODEL.findall(words) if any(map(str.isdigit, word))}
    alone = len(words.split()) <= 3
    found = []
    for row in context.lists.table("recalls").to_pylist():
        by_code = [code for code in row["gtins"] or () if code.lstrip("0") in wanted]
        by_model = [
            model for model in row["models"] or () if alone and _telling(model) and _plain(model) in tokens
        ]
        if by_code or by_model:
            found.append(_notice(row, tuple(by_code or by_model), sure=bool(by_code)))
    return found


def _plain(word: str) -> str:
    return re.sub(r"[^0-9a-z]", "", word.casefold())


def _telling(model: str) -> bool:
    """Whether a model says enough by itself: four signs or more, with a digit."""
    plain = _plain(model)
    return len(plain) >= 4 and any(map(str.isdigit, plain))


def _notice(
    row: dict[str, object], seen: tuple[str, ...], *, sure: bool, provision: str = "PSF 10-2"
) -> Known:
    return Known(
        "recalled", str(row["id"]), sure, str(row["title"] or ""), seen, str(row["source"]), str(row["date"] or ""),
        str(row["hazard"] or ""), str(row["url"] or ""), provision,
    )  # fmt: skip
