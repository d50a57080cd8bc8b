"""What a letter is about, read from the case's items: product, brand, model, picture, reason, platform, page, maker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mapae.desk.cases.models import CaseItem, Evidence
from mapae.desk.documents.letter import Row
from mapae.desk.documents.wording import label, wording

__all__ = ["DEFAULT_COLUMNS", "reason_of", "row_of"]

DEFAULT_COLUMNS = ("product", "reason", "platform", "page")
PICTURES = ("image/png", "image/jpeg", "image/webp")
_MAKERS = ("manufacturer", "maker")


def row_of(item: CaseItem, columns: Sequence[str], language: str, operator: str, reason: str = "") -> Row:
    """The item as a row; reason: the officer's words, else the finding's. What is not known says so."""
    photo = _photo(item)
    known: dict[str, str] = {
        "product": item.title or _told(item, "title"),
        "brand": _told(item, "brand"),
        "model": _told(item, "model"),
        "photo": label("photo_attached", language) if photo else _picture_address(item),
        "reason": reason or reason_of(item, language),
        "platform": operator,
        "page": item.url or item.subject_id,
        "maker": next((_told(item, name) for name in _MAKERS if _told(item, name)), ""),
        "seller": str(item.seller) if item.seller else _told(item, "seller_name"),
    }
    nothing = label("none", language)
    cells = tuple(known[column] or nothing for column in columns)
    return Row(cells, item.url, photo.sha256 if photo and "photo" in columns else "")


def reason_of(item: CaseItem, language: str) -> str:
    """Why the item is listed: by the finding's reference, else by its measure, with the text that was seen."""
    reasons, finding = wording("reasons"), item.finding
    if finding is None:
        return str(reasons["otherwise"][language])
    source, _, number = finding.reference_id.partition(":")
    words: Mapping[str, str] | None = reasons["by_reference"].get(source) or reasons["by_measure"].get(
        finding.measure
    )
    seen = list(dict.fromkeys(row["seen"] for row in finding.reasons if row.get("seen")))
    if words is None or not seen:
        return str(reasons["otherwise"][language])
    return words[language].format(number=number, seen=" · ".join(text[:60] for text in seen[:3]))


def _told(item: CaseItem, name: str) -> str:
    """A field of the record as it was screened, or of its extra columns."""
    record: Mapping[str, Any] = item.snapshot or {}
    extra = record.get("extra")
    found = record.get(name) or (extra.get(name) if isinstance(extra, Mapping) else None)
    return str(found).strip() if found else ""


def _picture_address(item: CaseItem) -> str:
    found = (item.snapshot or {}).get("image_urls")
    return str(found[0]) if isinstance(found, list) and found else ""


def _photo(item: CaseItem) -> Evidence | None:
    kept = sorted(item.evidence.all(), key=lambda each: each.pk)
    return next((each for each in kept if each.media_type in PICTURES), None)
