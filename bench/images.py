"""Pictures: searching hashes beside faiss, what ten million take, which edits are survived, the screen with pictures."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from bench import Absent, Row
from bench._near_run import QUERIES, hashes_of
from bench._peer import ask
from bench.generate import prepared
from bench.screening import run_screen
from mapae.app.images import IndexRequest, MatchRequest, index_pictures, match_pictures
from mapae.detect.pictures import hex_of
from tests.detect.pictures.drawn import drawn

TITLE = "Pictures"
INTRO = (
    "PDQ hashes within 31 of 256 bits, one core; times are processor time. `found`: of 2,000 planted hashes, 0 to 31 bits "
    "from a known one; `clustered`: a fifth of the hashes lie within 40 bits of a thousand, as pictures of one kind do. "
    "faiss compares every pair and answers 2,000 of the queries; the pairs are the same. Edits: pictures drawn by the tests "
    "(40), and the photos of `../shared/data/images`, each changed, saved as JPEG at quality 85, and looked for among all "
    "and 100 others; `hash`: share found as it is, `turned`: with turned forms too, `points`: with points too."
)
DRAWN, OTHERS = 40, 100
_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "images"
_LISTINGS = 200_000
Edit = Callable[[Image.Image], Image.Image]


def main() -> list[Row]:
    """Search, size, edits, the whole screen."""
    return [*_search(), *_edits(), *_screen()]


def _run(*words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench._near_run", *words], capture_output=True, text=True, check=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {' '.join(words[:2])}: {told}", file=sys.stderr)
    return told


def _search() -> list[Row]:
    rows = []
    for what, count, more in (
        ("1M hashes", 1_000_000, ()),
        ("1M hashes, clustered", 1_000_000, ("clustered",)),
        ("10M hashes", 10_000_000, ()),
    ):
        with tempfile.TemporaryDirectory() as folder:
            built = _run("build", str(count), folder, *more)
            search = min(
                (_run("search", str(count), folder) for _ in range(3)), key=lambda one: one["seconds"]
            )
            size = sum(path.stat().st_size for path in Path(folder, "index").rglob("*")) / 1e9
            figures = {"queries/s": QUERIES / search["seconds"], "found": int(search["found"])}
            figures |= {"GB, searching": search["gb"], "GB on disk": size}
            figures |= {"build, seconds": built["seconds"], "GB, building": built["gb"]}
            rows.append(Row(what, figures))
            if what == "1M hashes":
                rows += _faiss(Path(folder))
    return rows


def _faiss(folder: Path) -> list[Row]:
    """The peer on the same hashes, and whether it finds the same pairs."""
    from mapae.detect.pictures import PictureIndex

    queries = np.load(folder / "queries.npy")[:2_000]
    np.save(folder / "few.npy", queries)
    asked = {"hashes": str(folder / "index/hashes.npy"), "queries": str(folder / "few.npy"), "radius": 31}
    try:
        told = ask("faiss_near", asked)
    except Absent as absent:
        return [Row("faiss IndexBinaryFlat, 1M hashes", {}, str(absent))]
    found = PictureIndex.open(folder / "index").search(queries)
    mine = sorted(zip(found.query.tolist(), found.apart.tolist(), strict=True))
    same = mine == sorted((query, apart) for query, _, apart in told["pairs"])
    figures: dict[str, float | int | str] = {
        "queries/s": len(queries) / told["seconds"],
        "found": len({pair[0] for pair in told["pairs"]}),
    }
    blank = dict.fromkeys(("GB, searching", "GB on disk", "build, seconds", "GB, building"), "")
    return [
        Row("faiss IndexBinaryFlat, 1M hashes", figures | blank, "the same pairs" if same else "OTHER PAIRS")
    ]


def _cut(share: float) -> Edit:
    def edit(image: Image.Image) -> Image.Image:
        width, height = image.size
        left, top = int(share * width), int(share * height)
        return image.crop((left, top, width - left, height - top))

    return edit


def _banner(image: Image.Image) -> Image.Image:
    image = image.copy()
    width, height = image.size
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, int(0.8 * height), width, int(0.93 * height)), fill=(255, 230, 0))
    pen.text((10, int(0.83 * height)), "SALE 50 % FREE SHIPPING", fill=(200, 0, 0), font_size=height // 14)
    return image


def _marked(image: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", image.size)
    pen = ImageDraw.Draw(layer)
    for at in range(0, image.height, image.height // 5):
        pen.text((at, at), "shop-name.example", fill=(255, 255, 255, 110), font_size=image.height // 10)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


_EDITS: dict[str, Edit] = {
    "none": lambda image: image,
    "half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "a fifth of the size": lambda image: image.resize((image.width // 5, image.height // 5)),
    "made square": lambda image: image.resize((400, 400)),
    "JPEG at quality 20": lambda image: _saved(image, 20),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "brighter by 40 %": lambda image: ImageEnhance.Brightness(image).enhance(1.4),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.6),
    "grey": lambda image: ImageOps.grayscale(image).convert("RGB"),
    "colours shifted": lambda image: Image.merge("RGB", image.split()[1:] + image.split()[:1]),
    "a banner over an eighth": _banner,
    "a watermark": _marked,
    "mirrored": ImageOps.mirror,
    "turned by 90°": lambda image: image.rotate(90, expand=True),
    "slanted by 8°": lambda image: image.rotate(8),
    "2 % cut off each edge": _cut(0.02),
    "5 % cut off each edge": _cut(0.05),
    "10 % cut off each edge": _cut(0.1),
    "20 % cut off each edge": _cut(0.2),
    "framed in white": lambda image: ImageOps.expand(image, image.width // 8, (255, 255, 255)),
    "10 % cut off, mirrored": lambda image: ImageOps.mirror(_cut(0.1)(image)),
}  # fmt: skip


def _saved(image: Image.Image, quality: int) -> Image.Image:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return Image.open(held).convert("RGB")


def _edits() -> list[Row]:
    """Share of pictures found after each edit, and pictures found wrongly."""
    sets = {"drawn": {f"{seed}": drawn(seed) for seed in range(DRAWN)}}
    if _SHARED.is_dir():
        paths = [*sorted(_SHARED.glob("base/*.jpg")), _SHARED / "edits/aaa-orig.jpg"]
        sets["photos"] = {path.stem: _small(Image.open(path).convert("RGB")) for path in paths}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, pictures in sets.items():
            index = _indexed(Path(folder, name), pictures)
            for edit in _EDITS:
                rows.append(_survived(Path(folder, f"{name}-asked"), index, name, pictures, edit))
    return rows


def _small(image: Image.Image) -> Image.Image:
    image.thumbnail((800, 800))
    return image


def _indexed(folder: Path, pictures: dict[str, Image.Image]) -> Path:
    (folder / "known").mkdir(parents=True)
    for name, image in pictures.items():
        image.save(folder / "known" / f"{name}.png")
    for seed in range(OTHERS):
        drawn(10_000 + seed).save(folder / "known" / f"other-{seed}.jpg")
    index_pictures(IndexRequest((folder / "known",), folder / "index", points=True, workers=2))
    return folder / "index"


def _survived(folder: Path, index: Path, of: str, pictures: dict[str, Image.Image], edit: str) -> Row:
    folder.mkdir(exist_ok=True)
    for name, image in pictures.items():
        _EDITS[edit](image).save(folder / f"{name}.jpg", quality=85)
    out = folder.with_name("out")
    match_pictures(MatchRequest((folder,), (index,), out, workers=2))
    rows = pq.read_table(out / "matches.parquet").to_pylist()
    ways: dict[str, set[str]] = {"hash": set(), "turned": set(), "points": set()}
    wrong: set[tuple[str, str]] = set()
    for row in rows:
        asked, found = Path(row["query"]).stem, Path(row["matched"]).stem
        way = "points" if row["apart"] is None else "hash" if row["by"] == "as it is" else "turned"
        if asked == found:
            ways[way].add(asked)
        else:
            wrong.add((asked, found))
    first, count = 0, len(pictures)
    shares = {}
    for way, names in ways.items():
        first += len(names)
        shares[way] = first / count
    return Row(f"{of}: {edit}", {"pictures": count, **shares, "wrong": len(wrong)})


def _screen() -> list[Row]:
    """The whole screen of listings that have a hash each, with an index of a million and without."""
    listings, lists = prepared(_LISTINGS)
    with tempfile.TemporaryDirectory() as folder:
        _run("build", "1000000", folder)
        pictured = Path(folder, "listings.parquet")
        table = pq.read_table(listings)
        hashes = hashes_of(len(table) + 1)[: len(table)]
        known = np.load(Path(folder, "index/hashes.npy"), mmap_mode="r")
        hashes[::100] = known[: len(hashes[::100])]
        at = table.schema.get_field_index("image_hash")
        column = pa.array(hex_of(hashes))
        table = (
            table.set_column(at, "image_hash", column)
            if at >= 0
            else table.append_column("image_hash", column)
        )
        pq.write_table(table, pictured, compression="zstd", row_group_size=65_536)
        rows = []
        for what, more in (
            ("without an index", ()),
            ("with 1M known pictures", ("--pictures", str(Path(folder, "index")))),
        ):
            run_screen(pictured, lists, "--workers", "2", *more, times=1)
            runs = run_screen(pictured, lists, "--workers", "2", *more, times=3)
            best = min(runs, key=lambda pair: pair[0].cpu)
            rate = max(float(str(made["rows_read"])) / float(str(made["seconds"])) for _, made in runs)
            figures = {
                "listings/s": rate,
                "us": 1e6 * best[0].cpu / len(table),
                "findings": int(str(best[1]["findings"])),
            }
            rows.append(
                Row(f"screen on 2 processes, {what}", figures | {"peak GB": max(run.peak for run, _ in runs)})
            )
    return rows
