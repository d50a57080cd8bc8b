"""Makes lifelike invented listings, recalls and terms for measuring: seeded, ko/en/zh, about 470 bytes of text each.

`python -m bench.generate FOLDER [ROWS]`. The brands are invented and distinct, so blocking by rare words is easier
than in reality; texts are composed of sentences, so the lexicon meets ordinary words all the time, as in reality.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from mapae.model.records import KINDS
from mapae.model.references import LIST_SCHEMAS

__all__ = ["make_listings", "make_lists", "prepared"]

_WORDS = yaml.safe_load(Path(__file__).with_name("vocabulary.yaml").read_text("utf-8"))
NOUNS, QUALITIES, SENTENCES = (_WORDS[name] for name in ("nouns", "qualities", "sentences"))
DATA = Path(__file__).with_name("data")
SEED = 20261124
ROWS, RECALLS, TERMS = 1_000_000, 100_000, 100_000
_GROUP = 65_536
_CV = [
    c + v
    for c in "b d f g h j k l m n p r s t v z br dr gr kl st tr".split()
    for v in "a e i o u ai ea".split()
]
_HANGUL = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투"
_HAN = "安宝博昌晨达德鼎东飞丰福光海恒宏华佳嘉金锦凯康乐丽龙美明铭诺鹏强庆荣瑞森盛泰"
_DISGUISE = {"a": "@", "e": "3", "i": "1", "o": "0", "s": "$"}


def prepared(rows: int = ROWS, recalls: int = RECALLS, terms: int = TERMS) -> tuple[Path, Path]:
    """The listings file and the list store of these sizes, made once."""
    folder = DATA / f"{rows}-{recalls}-{terms}-{SEED}"
    listings, lists = folder / "listings.parquet", folder / "lists"
    if not listings.exists():
        folder.mkdir(parents=True, exist_ok=True)
        named = make_lists(lists, recalls, terms)
        make_listings(listings, rows, named)
    return listings, lists


def make_listings(path: Path, rows: int, recalled: list[tuple[str, str, str]]) -> None:
    """Write `rows` listings; one in 1,000 is of a recalled product, one in 500 hides its brand in odd spelling."""
    schema = KINDS["listing"].schema
    rng = random.Random(SEED + 1)
    brands = _brands(rng, 8000)
    draft = path.with_suffix(".draft")
    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for first in range(0, rows, _GROUP):
            block = [
                _listing(rng, number, brands, recalled) for number in range(first, min(rows, first + _GROUP))
            ]
            writer.write_batch(pa.RecordBatch.from_pylist(block, schema=schema))
    draft.replace(path)


def make_lists(folder: Path, recalls: int, terms: int) -> list[tuple[str, str, str]]:
    """Write a list store of invented recalls and terms; returns brand, product, model of each recall."""
    rng = random.Random(SEED)
    brands = _brands(rng, max(1000, recalls // 12))
    named = [(rng.choice(brands), rng.choice(NOUNS["en"]), _model(rng)) for _ in range(recalls)]
    _store(folder, "recalls", list(_recalls(named)))
    _store(folder, "terms", list(_terms(rng, terms)))
    return named


def _listing(
    rng: random.Random, number: int, brands: list[str], recalled: list[tuple[str, str, str]]
) -> dict[str, object]:
    language = rng.choices(("ko", "en", "zh"), (45, 35, 20))[0]
    brand, noun, model = rng.choice(brands), rng.choice(NOUNS[language]), _model(rng)
    if number % 1000 == 7:
        brand, noun, model = rng.choice(recalled)
    shown = "".join(_DISGUISE.get(char, char) for char in brand) if number % 500 == 11 else brand
    words = [shown, *rng.sample(QUALITIES[language], 4), noun, model]
    if rng.random() < 0.5:
        words.append(f"{rng.randint(1, 12)}{rng.choice(('pcs', '개', '件', 'ml', 'cm', ' in 1'))}")
    count = {"en": 6, "ko": 7, "zh": 10}[language]
    text = " ".join(rng.sample(SENTENCES[language], count)).format(noun=noun, brand=brand)
    return {
        "listing_id": f"B{number:09d}",
        "platform": rng.choice(("Lumibay", "Dalmart", "Oceanstall")),
        "url": f"https://shop.example/item/{number}",
        "seller_id": f"S{rng.randrange(50_000)}",
        "title": " ".join(words),
        "description": text,
        "brand": shown if rng.random() < 0.6 else None,
        "model": model if rng.random() < 0.4 else None,
        "gtin": f"{rng.randrange(10**12, 10**13)}" if rng.random() < 0.3 else None,
        "category": noun,
        "price": round(rng.lognormvariate(3, 1), 2),
        "currency": rng.choice(("KRW", "USD", "CNY")),
    }


def _brands(rng: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        kind = rng.random()
        if kind < 0.7:
            found["".join(rng.choices(_CV, k=rng.randint(2, 4))).capitalize()] = None
        elif kind < 0.85:
            found["".join(rng.choices(_HANGUL, k=rng.randint(3, 5)))] = None
        else:
            found["".join(rng.choices(_HAN, k=rng.randint(3, 4)))] = None
    return list(found)


def _model(rng: random.Random) -> str:
    letters = "".join(rng.choices("ABCDEFGHKLMNPRSTUVWXYZ", k=rng.randint(1, 3)))
    return f"{letters}{rng.choice(('', '-'))}{rng.randrange(100, 99_999)}"


def _recalls(named: list[tuple[str, str, str]]) -> Iterator[dict[str, object]]:
    for number, (brand, product, model) in enumerate(named):
        yield {
            "id": f"bench:{number}", "source": "bench", "date": f"{2015 + number % 11}-03-01",
            "title": f"{brand} recalls {product} due to fire hazard", "products": [f"{brand} {product}"],
            "brands": [brand], "models": [model], "gtins": [], "keywords": [], "sold_at": [], "countries": ["US"],
            "hazard": "fire",
        }  # fmt: skip


def _terms(rng: random.Random, count: int) -> Iterator[dict[str, object]]:
    """Terms that mostly are in no listing; one in 50 is an ordinary word of them, so that hits are common."""
    ordinary = [word for words in (*QUALITIES.values(), *NOUNS.values()) for word in words]
    seen: set[str] = set()
    while len(seen) < count:
        kind = rng.random()
        if kind < 0.02 and len(ordinary) > len(seen) // 50:
            term = rng.choice(ordinary)
        elif kind < 0.6:
            term = "".join(rng.choices(_CV, k=rng.randint(3, 6)))
        elif kind < 0.85:
            term = "".join(rng.choices(_HANGUL, k=rng.randint(3, 7)))
        else:
            term = "".join(rng.choices(_HAN, k=rng.randint(3, 5)))
        if term in seen:
            continue
        seen.add(term)
        yield {
            "id": f"term:{len(seen)}", "source": "bench", "term": term, "language": "", "measure": "bench",
            "cls": "ordinary" if term in ordinary else "listed", "severity": "low",
        }  # fmt: skip


def _store(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    place = folder / name / "bench"
    place.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist(
        [dict.fromkeys(LIST_SCHEMAS[name].names) | row for row in rows], schema=LIST_SCHEMAS[name]
    )
    pq.write_table(table, place / "bench.parquet")
    digest = hashlib.sha256((place / "bench.parquet").read_bytes()).hexdigest()
    about = {
        "list": name, "source": "bench", "origin": "invented for measuring", "day": "2026-01-01", "rows": len(rows),
        "sha256": digest, "file": "bench.parquet",
    }  # fmt: skip
    (place / "meta.json").write_text(json.dumps(about), "utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    make_listings(target / "listings.parquet", int(sys.argv[2]), make_lists(target / "lists", RECALLS, TERMS))
