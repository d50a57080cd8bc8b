"""Renders a letter: as HTML for pages, as PDF with the fonts of its language, and its verification code as a QR picture."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_ko
import pylopdf_fonts_zh_cn
import segno
import typst
from django.template.loader import render_to_string
from django.utils import timezone

from mapae.desk.cases import evidence
from mapae.desk.cases.models import Evidence
from mapae.desk.documents.letter import Letter
from mapae.desk.documents.wording import form, label, marked_points, written
from mapae.errors import InputError

__all__ = ["html", "pdf", "qr_svg"]

TEMPLATE = Path(__file__).with_name("letter.typ")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_FONTS = [
    Path(path).parent
    for path in (pylopdf_fonts_ko.serif_path(), pylopdf_fonts_zh_cn.serif_path())
]  # fmt: skip
_DRAWN_ON = datetime(2000, 1, 1, tzinfo=timezone.get_fixed_timezone(0))  # the same letter is the same file


def html(letter: Letter) -> str:
    """The letter as a fragment of HTML, the translation below the original; every text in it is inert."""
    shown = _html(letter, original=True)
    if letter.translation is None:
        return shown
    context = {"labels": _labels(letter.translation.language), "language": letter.translation.language}
    links = render_to_string("desk/officer_document_parts.html", context)
    return links + shown + _html(letter.translation, original=False)


def _html(letter: Letter, *, original: bool) -> str:
    """One part. original: the one that binds, which alone lists the evidence."""
    pictures = {
        sha: f"data:{kind};base64,{base64.b64encode(data).decode()}"
        for sha, (kind, data) in _pictures(letter).items()
    }
    context = {**_shown(letter), "letter": letter, "pictures": pictures, "original": original}
    rows = [
        {
            "cells": list(zip(context["columns"], row.cells, strict=True)),
            "url": row.url,
            "photo": pictures.get(row.photo),
        }
        for row in letter.rows
    ]
    return render_to_string("desk/officer_document_letter.html", {**context, "rows": rows})


def pdf(letter: Letter) -> bytes:
    """The letter as a tagged PDF, the translation as its second part. The same letter gives the same bytes; text goes in as
    data, never as markup."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "letter.typ").write_bytes(TEMPLATE.read_bytes())
        (root / "qr.svg").write_bytes(qr_svg(letter.url))
        photos = []
        for place, row in enumerate(letter.rows, 1):
            if found := _pictures(letter).get(row.photo):
                name = f"{place}.{_ENDINGS[found[0]]}"
                (root / name).write_bytes(found[1])
                photos.append({"file": name, "says": form("say")["photo"][letter.language].format(n=place)})
        parts = [{**_drawn(letter), "photos": photos}]
        if letter.translation is not None:
            parts.append({**_drawn(letter.translation), "photos": [], "evidence": []})
        return _compiled(root, json.dumps({"parts": parts}, ensure_ascii=False))


def _drawn(letter: Letter) -> dict[str, Any]:
    return {**_shown(letter), "rows": [list(row.cells) for row in letter.rows], "letter": _plain(letter)}


def qr_svg(address: str) -> bytes:
    """The address as a QR code, an SVG picture."""
    import io

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, border=0, scale=3)
    return out.getvalue()


def _compiled(root: Path, data: str) -> bytes:
    try:
        made = typst.compile(
            root / "letter.typ", root=root, font_paths=_FONTS, ignore_system_fonts=True, format="pdf",
            sys_inputs={"data": data}, timestamp=_DRAWN_ON,
        )  # fmt: skip
    except typst.TypstError as error:
        raise InputError(
            f"the letter cannot be drawn: {error.message}",
            where="PDF",
            mend="take out the picture or text that is new",
        ) from error
    return bytes(made)


def _plain(letter: Letter) -> dict[str, Any]:
    names = (
        "to",
        "via",
        "subject",
        "body",
        "head",
        "drafter",
        "approver",
        "number",
        "issued_on",
        "address",
        "phone",
    )
    more = ("email", "disclosure", "code", "url", "language", "specimen", "case")
    return {name: getattr(letter, name) for name in (*names, *more)}


def _shown(letter: Letter) -> dict[str, Any]:
    """What both forms show: labels, numbered points, column headings, attachments, whether it is a draft."""
    language = letter.language
    return {
        "labels": _labels(language),
        "points": [
            {"depth": depth, "mark": mark, "text": text}
            for depth, mark, text in marked_points(letter.points, language)
        ],
        "columns": [form("columns")[column][language] for column in letter.columns],
        "attachments": list(letter.attachments),
        "evidence": list(letter.evidence),
        "reviewers": ", ".join(letter.reviewers),
        "draft": not letter.number,
        "issued": written(date.fromisoformat(letter.issued_on), language) if letter.issued_on else "",
    }


@cache
def _labels(language: str) -> Mapping[str, str]:
    return {key: label(key, language) for key in form("labels")}


def _pictures(letter: Letter) -> dict[str, tuple[str, bytes]]:
    """Kept pictures of the letter's rows by hash; one that is gone or changed is left out."""
    wanted = {row.photo for row in letter.rows if row.photo}
    found = {}
    for kept in Evidence.objects.filter(sha256__in=wanted) if wanted else ():
        try:
            found[kept.sha256] = (kept.media_type, evidence.read(kept))
        except InputError:
            continue
    return found
