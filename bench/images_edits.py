"""Pictures: which edits of a known picture are survived, by its hash, by its turned forms, by its points."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from bench import Row
from mapae.app.images import IndexRequest, MatchRequest, index_pictures, match_pictures
from tests.detect.pictures.drawn import drawn

TITLE = "Known pictures: edits survived"
INTRO = (
    "Pictures drawn by the tests, and the photos of `../shared/data/images` where they are there, each changed, saved as "
    "JPEG at quality 85, and looked for among all and others; `hash`: share found as it is, `turned`: by the hashes of its "
    "turned forms too, `points`: by points too; `wrong`: pairs of different pictures."
)
DRAWN, OTHERS = 20, 40
_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "images"
Edit = Callable[[Image.Image], Image.Image]


def main() -> list[Row]:
    """One row an edit and kind of picture."""
    return _edits()


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
