"""Invented declaration lines: one sender deals in fakes, one weight of one good is always critical, the rest is chance."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "Declaration ID,Date,Office ID,Process Type,Import Type,Import Use,Payment Type,Mode of Transport,Declarant ID,"
    "Importer ID,Seller ID,Courier ID,HS6 Code,Country of Departure,Country of Origin,Tax Rate,Tax Type,"
    "Country of Origin Indicator,Net Mass,Item Price,Fraud,Critical Fraud"
).split(",")


def write_lines(
    path: Path, count: int, *, seed: int, first: str = "2025-01-01", results: bool = True
) -> Path:
    """A CSV of the customs columns; without results the two label columns are absent."""
    chance = random.Random(seed)
    start = date.fromisoformat(first)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER if results else HEADER[:-2])
        for number in range(count):
            row = _line(chance, f"{seed}-{number}", start + timedelta(number * 180 // count))
            writer.writerow(row if results else row[:-2])
    return path


def _line(chance: random.Random, key: str, day: date) -> list[str]:
    seller = chance.choice(["FAKE01", *(f"SEND{n:02}" for n in range(15))])
    good = chance.choice(["640411", "420222", "950300", "851830"])
    critical = good == "950300" and chance.random() < 0.06
    mass = "7.77" if critical else f"{chance.uniform(0.2, 40):.2f}"
    found = critical or (seller == "FAKE01" and chance.random() < 0.9) or chance.random() < 0.05
    return [
        key, day.isoformat(), chance.choice(["10", "40"]), "B", "11", "21", "11", "40", f"DEC{chance.randrange(9)}",
        f"IMP{chance.randrange(300)}", seller, "", good, "CN", chance.choice(["CN", "VN", "JP"]), "8.0", "A", "Y",
        mass, f"{chance.uniform(10_000, 900_000):.0f}", str(int(found)), str(2 if critical else int(found)),
    ]  # fmt: skip
