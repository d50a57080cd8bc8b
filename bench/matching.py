"""Product linking without labels: F1 on public tables beside peers, and the rate on large invented tables."""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
from rapidfuzz import fuzz, process

from bench import Absent, Row
from bench._peer import ask
from mapae.app.evaluate.pairs import evaluate_pairs
from mapae.detect.kernels.pairs import choose
from mapae.detect.linking import Table, build_table, decide, gather, without_twins
from mapae.model.records import KINDS
from mapae.sources import open_source

TITLE = "Product linking without labels"
INTRO = (
    "Abt-Buy and Amazon-Google, whole tables against gold; no label is used, the threshold comes from decoys. Peers link "
    "one to one by their own score; their threshold is the best there is *by the labels*, which is in their favour. "
    "Published unsupervised figures on these tables (pyJedAI): .947 and .625. `pairs`: the labelled pairs of test.jsonl. "
    "The rate: invented listings in three scripts, half of them on both sides, reading left out; processor time of one core."
)
_DATA = Path(__file__).parents[2] / "shared" / "data" / "matching"
_SETS = ("abt-buy", "amazon-google")
_SIZES = (20_000, 100_000)
Pairs = set[tuple[str, str]]


def main() -> list[Row]:
    """Accuracy, then rate."""
    if not _DATA.is_dir():
        raise Absent("../shared/data/matching is not there")
    rows = [row for name in _SETS for row in _accuracy(_DATA / name)]
    return rows + [_rate(size) for size in _SIZES]


def _accuracy(folder: Path) -> Iterator[Row]:
    gold = {(row["left_id"], row["right_id"]) for row in _lines(folder / "gold.jsonl")}
    with tempfile.TemporaryDirectory() as work:
        left, right = (
            build_table(open_source(folder / f"{side}.jsonl").batches(), Path(work, side))
            for side in ("left", "right")
        )
        links = decide(gather(left, right), len(left), len(right))
        for what, found in (("mapae match", links), ("mapae match --once", without_twins(links))):
            pairs = _named(found.evidence.left, found.evidence.right, left, right)
            yield _scored(f"{folder.name}: {what}", pairs, gold, f"threshold {found.threshold:.2f}")
        for what, scores in (
            ("rapidfuzz token_sort", _token_sort(folder)),
            ("TF-IDF of words, cosine", _tfidf(folder)),
        ):
            yield _best(f"{folder.name}: {what}, one to one", scores, left, right, gold)
    try:
        yield _splink(folder, gold)
    except Absent as reason:
        yield Row(f"{folder.name}: splink: {reason}")
    score = evaluate_pairs(folder / "test.jsonl").score
    assert score is not None
    yield Row(f"{folder.name}: pairs", {"F1": score.value, **score.more, "pairs": "", "gold": ""})


def _lines(path: Path) -> list[dict[str, str]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def _named(own: np.ndarray, other: np.ndarray, left: Table, right: Table) -> Pairs:
    a, b = left.keys.take(pa.array(own)).to_pylist(), right.keys.take(pa.array(other)).to_pylist()
    return set(zip(a, b, strict=True))


def _scored(what: str, pairs: Pairs, gold: Pairs, note: str = "") -> Row:
    right = len(pairs & gold)
    figures: dict[str, float | int | str] = {
        "F1": 2 * right / (len(pairs) + len(gold)), "precision": right / len(pairs), "recall": right / len(gold),
        "pairs": len(pairs), "gold": len(gold),
    }  # fmt: skip
    return Row(what, figures, note)


def _best(what: str, scores: np.ndarray, left: Table, right: Table, gold: Pairs) -> Row:
    """Greedy one to one by score, cut where the labels like it best."""
    order = np.argsort(-scores, axis=None, kind="stable")
    own, other = np.divmod(order, scores.shape[1])
    places = choose(np.arange(len(order)), own, other, *scores.shape)
    names = list(zip(left.keys.take(pa.array(own[places])).to_pylist(),
                     right.keys.take(pa.array(other[places])).to_pylist(), strict=True))  # fmt: skip
    return _cut(what, names, gold)


def _cut(what: str, names: list[tuple[str, str]], gold: Pairs) -> Row:
    hits = np.cumsum([pair in gold for pair in names])
    cut = int(np.argmax(2 * hits / (np.arange(1, len(names) + 1) + len(gold)))) + 1
    return _scored(what, set(names[:cut]), gold, "threshold by the labels")


def _splink(folder: Path, gold: Pairs) -> Row:
    """Its match weights, greedy one to one, cut where the labels like it best."""
    sides = {
        side: [
            {
                "id": row["id"],
                "title": row.get("name") or row.get("title") or "",
                "price": str(row.get("price") or ""),
            }
            for row in _lines(folder / f"{side}.jsonl")
        ]
        for side in ("left", "right")
    }
    links = sorted(ask("splink_links", sides)["pairs"], key=lambda link: -link[2])
    used: set[tuple[str, str]] = set()
    names = []
    for own, other, _ in links:
        if not {("l", own), ("r", other)} & used:
            used |= {("l", own), ("r", other)}
            names.append((own, other))
    return _cut(f"{folder.name}: splink, one to one", names, gold)


def _texts(folder: Path, side: str) -> list[str]:
    names = ("name", "title", "description", "manufacturer")
    return [
        " ".join(row.get(name) or "" for name in names).lower() for row in _lines(folder / f"{side}.jsonl")
    ]


def _token_sort(folder: Path) -> np.ndarray:
    titles = [
        [(row.get("name") or row.get("title") or "").lower() for row in _lines(folder / f"{side}.jsonl")]
        for side in ("left", "right")
    ]
    return process.cdist(*titles, scorer=fuzz.token_sort_ratio, workers=2)


def _tfidf(folder: Path) -> np.ndarray:
    sides = [[Counter(text.split()) for text in _texts(folder, side)] for side in ("left", "right")]
    held = Counter(word for side in sides for record in side for word in record)
    place = {word: at for at, word in enumerate(held)}
    total = sum(map(len, sides))
    idf = {word: np.log(total / count) for word, count in held.items()}

    def matrix(side: list[Counter[str]]) -> np.ndarray:
        out = np.zeros((len(side), len(place)), np.float32)
        for row, record in enumerate(side):
            for word, count in record.items():
                out[row, place[word]] = count * idf[word]
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)

    return matrix(sides[0]) @ matrix(sides[1]).T


def _rate(size: int) -> Row:
    with tempfile.TemporaryDirectory() as work:
        left = build_table(_invented(range(size), 0), Path(work, "left"))
        right = build_table(_invented(range(size // 2, size // 2 + size), 1), Path(work, "right"))
        start = time.process_time()
        links = decide(gather(left, right), size, size)
        seconds = time.process_time() - start
        pairs = _named(links.evidence.left, links.evidence.right, left, right)
    hits = sum(a == b for a, b in pairs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return Row(
        f"{size:,} × {size:,}",
        {"listings/s/core": 2 * size / seconds, "seconds": seconds, "peak GB": peak,
         "precision": hits / len(pairs), "recall": hits / (size - size // 2)},
    )  # fmt: skip


_SYLLABLES = [
    a + b for a in "b d f g h j k l m n p r s t v z ch st tr".split() for b in "a e i o u ai or in el".split()
]


def _words() -> dict[str, list[str]]:
    source = random.Random(7)
    latin = ["".join(source.choices(_SYLLABLES, k=source.choice((2, 3, 4)))) for _ in range(20_000)]
    hangul = [
        "".join(chr(source.randrange(0xAC00, 0xD7A4)) for _ in range(source.choice((2, 3))))
        for _ in range(20_000)
    ]
    han = ["".join(chr(source.randrange(0x4E00, 0x9000)) for _ in range(2)) for _ in range(20_000)]
    return {"en": latin, "ko": hangul, "zh": han}


def _invented(numbers: range, side: int) -> Iterator[pa.RecordBatch]:
    """Listings of numbered products: the same words in another order, a code written otherwise, a price near by."""
    schema, words = KINDS["listing"].schema, _words()
    for first in range(numbers.start, numbers.stop, 20_000):
        rows = [_listing(number, side, words) for number in range(first, min(first + 20_000, numbers.stop))]
        yield pa.RecordBatch.from_pylist(
            [{name: row.get(name) for name in schema.names} for row in rows], schema=schema
        )


def _listing(number: int, side: int, words: dict[str, list[str]]) -> dict[str, object]:
    product, own = random.Random(number), random.Random(number * 2 + side)
    vocabulary = words[("en", "ko", "zh")[number % 3]]
    title = [vocabulary[int(20_000 * product.random() ** 2)] for _ in range(product.randrange(4, 8))]
    details = [vocabulary[int(20_000 * product.random() ** 2)] for _ in range(25)]
    brand = words["en"][product.randrange(8_000)]
    code = f"{product.choice('ABCDEFGH')}{product.choice('KLMNP')}{product.randrange(100, 99_999)}"
    price = product.randrange(5, 500) * (1 + own.random() / 10)
    own.shuffle(title)
    shown = f"{code[:2]}-{code[2:]}" if own.random() < 0.8 else ""
    title = [*title[:-1], brand, shown] if side else [brand, *title, code]
    return {
        "listing_id": str(number), "title": " ".join(title), "price": price,
        "description": " ".join(details[: own.randrange(8, 25)]),
    }  # fmt: skip
