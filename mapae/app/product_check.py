"""Checks one product for a consumer: a share text, address, model or barcode held against recalls and blocked ingredients.

The code path of `mapae screen` judges the words as a listing; besides, a barcode or a model by itself is looked up in the
notices, since a listing of one number only says too little for the check.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

import pyarrow as pa

from mapae.app.product_index import RECALLS, NoticeIndex, misread, notice_index, plain_model, plain_title
from mapae.model.finding import Finding
from mapae.model.records import KINDS

__all__ = ["MOST", "Checked", "Known", "addresses", "barcodes", "check_product", "safety_notices"]

MOST = 4000  # characters of a text that are read
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w@.])(?=(?:[a-z0-9-]+\.)+[a-z]{2,}/))[^\s<>\"')\]】」]+", re.IGNORECASE
)  # with its scheme, or as apps show it: a host and a path
_CODE = re.compile(r"(?<!\d)\d(?:[ -]?\d){7,13}(?!\d)")
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{3,29}")
_SPLIT = re.compile(r"\b([A-Za-z]{1,5}) (\d{3,8}[A-Za-z]{0,3})\b")  # "XJ 14207"
_LABEL = re.compile(
    r"(?:모델(?:명|번호)?|품번|제품번호|型号|款号|\bmodel(?: ?(?:no|number|name))?)\W{1,3}$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:recall|cpsc|리콜|공지|召回)(?:\s*(?:no|number|번호|号))?\W{0,3}([0-9a-z][0-9a-z./_-]{3,29})",
    re.IGNORECASE,
)  # of a notice
_ALONE = 3  # words up to which a model by itself is looked up
_OWN = 7  # signs of letters and digits by which a model is looked up in a longer text too
_SAME = 5  # notices of one title that are shown
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
    told = unicodedata.normalize("NFKC", text[:MOST]).strip()
    links, codes = addresses(told), barcodes(told)
    index = notice_index(pack, as_of)
    words = _ADDRESS.sub(" ", told).strip()
    row: dict[str, object] = dict.fromkeys(KINDS["listing"].schema.names)
    row |= {"listing_id": "1", "title": words or unquote(told), "url": links[0] if links else None}
    row |= {"gtin": codes[0] if codes else None}
    batch = pa.RecordBatch.from_pylist([row], schema=KINDS["listing"].schema)
    found = [_known(item, index) for item in index.ready.findings(batch)]
    found += _by_number(words, codes, index)
    found += _by_notice(words, index)
    best: dict[str, Known] = {}
    for each in sorted(found, key=lambda item: (not item.sure, item.kind)):
        best.setdefault(each.reference_id, each)
    return Checked(tuple(best.values()), codes, links, len(index.by_id), index.newest)


def safety_notices(as_of: date, most: int = 50, pack: str = "kr") -> tuple[Known, ...]:
    """The newest notices of the lists, newest first, none later than the day."""
    rows = notice_index(pack, as_of).dated
    return tuple(_notice(row, (), sure=True) for row in rows[:most])


def addresses(text: str) -> tuple[str, ...]:
    """Addresses in the text, with a scheme and without what a sentence puts behind them."""
    found = (each.rstrip(".,;:!?…。，") for each in _ADDRESS.findall(text))
    return tuple(dict.fromkeys(each if "://" in each else f"https://{each}" for each in found))


def barcodes(text: str) -> tuple[str, ...]:
    """Numbers with the length and the check digit of a GTIN (EAN, UPC), as digits."""
    found = (re.sub(r"\D", "", code) for code in _CODE.findall(_ADDRESS.sub(" ", text)))
    return tuple(dict.fromkeys(code for code in found if len(code) in _LENGTHS and _checks(code)))


def _checks(code: str) -> bool:
    digits = [int(digit) for digit in reversed(code)]
    return sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0


def _known(item: Finding, index: NoticeIndex) -> Known:
    seen = tuple(dict.fromkeys(reason.seen for reason in item.reasons if reason.seen))
    sure = item.severity != "info"
    if item.check == RECALLS.key:
        return _notice(index.by_id[item.reference_id], seen, sure=sure, provision=item.provision)
    source, _sep, name = item.reference_id.partition(":")
    day = index.ingredients.get(name, "")
    return Known("blocked", item.reference_id, sure, name, seen, source, day, "", "", item.provision)


def _by_number(words: str, codes: tuple[str, ...], index: NoticeIndex) -> list[Known]:
    """Notices that name a barcode or, where little else was told, a model of the text."""
    seen: dict[str, tuple[list[str], list[str]]] = {}
    for code in codes:
        for key in index.by_code.get(code.lstrip("0"), ()):
            seen.setdefault(key, ([], []))[0].append(code)
    for word in dict.fromkeys(_models(words)):
        plain = plain_model(word)
        for key, _model in index.by_model.get(plain) or _misread(plain, index):
            seen.setdefault(key, ([], []))[1].append(word)
    return [
        _notice(index.by_id[key], tuple(by_code or by_model), sure=bool(by_code))
        for key, (by_code, by_model) in seen.items()
    ]


def _by_notice(words: str, index: NoticeIndex) -> Iterator[Known]:
    """Notices whose own number the text tells, for sure where it calls it one; or whose title it holds, which may be a plain
    name of goods."""
    for word, sure in [(each, True) for each in _NUMBER.findall(words)] or [(words, False)]:
        for key in index.by_number.get(plain_model(word), ()):
            yield _notice(index.by_id[key], (word,), sure=sure)
    plain = plain_title(words)
    for title, keys in index.by_title.items():
        if title in plain:
            for key in keys[:_SAME]:
                yield _notice(index.by_id[key], (str(index.by_id[key]["title"]),), sure=False)


def _models(words: str) -> Iterator[str]:
    """Words that may be a model: any of a short text; of a longer one those behind "model", or of letters and digits."""
    short = len(words.split()) <= _ALONE
    if short:
        yield from (found[0] for found in _SPLIT.finditer(words))
    for found in _MODEL.finditer(words):
        plain = plain_model(found[0])
        own = len(plain) >= _OWN and not plain.isdigit() and not plain.isalpha()
        if short or own or _LABEL.search(words[: found.start()]):
            yield found[0]


def _misread(plain: str, index: NoticeIndex) -> tuple[tuple[str, str], ...]:
    own = len(plain) >= _OWN - 1 and any(map(str.isdigit, plain))
    return index.by_misread.get(misread(plain), ()) if own else ()


def _notice(
    row: dict[str, object], seen: tuple[str, ...], *, sure: bool, provision: str = "PSF 10-2"
) -> Known:
    return Known(
        "recalled", str(row["id"]), sure, str(row["title"] or ""), seen, str(row["source"]), str(row["date"] or ""),
        str(row["hazard"] or ""), str(row["url"] or ""), provision,
    )  # fmt: skip
