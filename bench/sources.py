"""How fast files become records, and how many ways of writing a price are understood, beside price-parser."""

from __future__ import annotations

import csv
import importlib.util
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench import Row
from mapae.sources import open_source
from mapae.sources.money import parse_money

TITLE = "Readers"
INTRO = (
    "200,000 invented listings of about 600 bytes (title, description, brand, address, price and six more columns; one "
    "in ten cells Korean or Chinese), read into the listing schema with ids, platform, money and `extra`."
)
_ROWS = 200_000
_WAYS = [
    ("₩12,900", 12900, "KRW"),
    ("12,900원", 12900, "KRW"),
    ("1만 2천원", 12000, "KRW"),
    ("3.5만원", 35000, "KRW"),
    ("12.900,50 €", 12900.5, "EUR"),
    ("1.299 €", 1299, "EUR"),
    ("US $3.99-5.20", 3.99, "USD"),
    ("$14.06", 14.06, "USD"),
    ("￥99", 99, "CNY"),
    ("199元", 199, "CNY"),
    ("1.2万円", 12000, "JPY"),
    ("NT$1,290", 1290, "TWD"),
    ("Rp10.000", 10000, "IDR"),
    ("1.299.000₫", 1299000, "VND"),
    ("RM 12.90", 12.9, "MYR"),
    ("R$ 1.299,90", 1299.9, "BRL"),
    ("CHF 1'234.50", 1234.5, "CHF"),
    ("1 234,56 zł", 1234.56, "PLN"),
    ("1,29,999.00 ₹", 129999, "INR"),
    ("3 for $10", 10, "USD"),
]


def main() -> list[Row]:
    """One row a format, then the prices."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(Path(folder))
        rows = [_rate(name, path) for name, path in paths.items()]
    return [*rows, *_prices()]


def _rate(name: str, path: Path) -> Row:
    print(f"  {name}", file=sys.stderr)
    source = open_source(path)
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in source.batches():
        pass
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Row(
        name,
        {
            "rows/s": round(source.rows_read / wall),
            "rows/s of CPU time": round(source.rows_read / cpu),
            "MB/s": round(path.stat().st_size / wall / 1e6),
            "peak MB so far": round(peak),
        },
    )


def _prices() -> list[Row]:
    def share(found: list[bool]) -> dict[str, str]:
        return {"understood": f"{sum(found)} of {len(found)}"}

    ours = [_ours(text, low, code) for text, low, code in _WAYS]
    rows = [Row("amounts and currencies: mapae", share(ours))]
    if importlib.util.find_spec("price_parser"):
        from price_parser import Price  # type: ignore[import-untyped,import-not-found,unused-ignore]

        theirs = [Price.fromstring(text).amount_float == low for text, low, _ in _WAYS]
        rows.append(Row("amounts alone: price-parser", share(theirs), "it gives the sign, not the ISO code"))
    return rows


def _ours(text: str, low: float, code: str) -> bool:
    money = parse_money(text)
    return money is not None and (money.low, money.currency) == (low, code)


def _written(folder: Path) -> dict[str, Path]:
    rows = _records()
    paths = {name: folder / file for name, file in _FILES.items()}
    for name, quoting in (("CSV", csv.QUOTE_MINIMAL), ("CSV, every cell quoted", csv.QUOTE_ALL)):
        with paths[name].open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), quoting=quoting)
            writer.writeheader()
            writer.writerows(rows)
    damaged = paths["CSV"].read_text("utf-8").split("\n")
    for line in range(100, len(damaged), 1000):
        damaged[line] = damaged[line].replace(",", ' "', 1)
    paths["CSV, a broken line in each thousand"].write_text("\n".join(damaged), "utf-8")
    with paths["JSON Lines"].open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    pq.write_table(pa.Table.from_pylist(rows), paths["Parquet"], compression="zstd", row_group_size=65_536)
    return paths


_FILES = {
    "CSV": "a.csv",
    "CSV, every cell quoted": "b.csv",
    "CSV, a broken line in each thousand": "c.csv",
    "JSON Lines": "d.jsonl",
    "Parquet": "e.parquet",
}


def _records() -> list[dict[str, Any]]:
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvw"
    words = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(4500)]
    words += ["무선", "이어폰", "정품", "운동화", "가방", "耳机", "正品", "女鞋", "包邮", "신상"] * 50
    texts = [" ".join(chance.choices(words, k=58)) for _ in range(10_000)]
    return [
        {
            "listing_id": str(10**9 + number),
            "platform": "shopmall",
            "url": f"https://www.shopmall.example/item/{number}.html",
            "seller_name": f"seller {number % 977}",
            "title": texts[number % 9973][:70],
            "description": texts[number * 7 % 9973],
            "brand": f"brand {number % 300}",
            "category": "A > B",
            "price": round(number % 9999 + number % 100 / 100, 2),
            "currency": "USD",
            "first_seen": "2026-09-03",
            "sold": str(number % 77),
        }
        for number in range(_ROWS)
    ]
