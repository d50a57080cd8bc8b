"""Hostile files are refused with a reason; good ones are kept without what they tell of their sender."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, TextStringObject

from mapae.desk import uploads
from mapae.errors import InputError


def _png(size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    return out.getvalue()


def _jpeg_with_place() -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (8, 8), "red")
    exif = image.getexif()
    exif[0x013B] = "Jiwoo of Busan (invented)"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def _action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject("x")})


def _pdf(
    pages: int, script: bool = False, inside: bool = False, launch: bool = False, leap: bool = False
) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(10, 10)
    if script:
        writer.root_object[NameObject("/OpenAction")] = _action("/JavaScript")
    if leap:
        place = [writer.pages[0].indirect_reference, NameObject("/FitH"), NullObject()]
        writer.root_object[NameObject("/OpenAction")] = ArrayObject(place)
    if inside:
        writer.add_attachment("a.exe", b"MZ")
    if launch:
        mark = DictionaryObject(
            {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): _action("/Launch")}
        )
        writer.pages[0][NameObject("/Annots")] = writer._add_object(ArrayObject([mark]))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _office(extra: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in extra.items():
            archive.writestr(name, content)
    return out.getvalue()


HOSTILE = {
    "an empty file": b"",
    "a zip bomb in a workbook": _office({"xl/bomb.xml": b"0" * 60_000_000}),
    "a workbook with a program": _office({"xl/vbaProject.bin": b"x"}),
    "a plain archive": _office({})[:0] + b"PK\x03\x04" + b"\0" * 40,
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!DOCTYPE html><html><body onload=alert(1)></body></html>",
    "a table that begins as a page": b"a,b\n<script>alert(1)</script>",
    "a PDF that is a page too": b"%PDF-1.7\n<html><script>alert(1)</script></html>" + _pdf(1),
    "a PDF with a script": _pdf(1, script=True),
    "a PDF of 10,000 pages": _pdf(10_000),
    "a PDF that is an archive too": _pdf(1) + _office({}),
    "a PDF with a file inside": _pdf(1, inside=True),
    "a PDF whose page starts a program": _pdf(1, launch=True),
    "a picture that is an archive too": _png() + _office({}),
    "a picture with a script behind it": _png() + b"<SCRIPT>alert(1)</SCRIPT>",
    "a broken PDF": b"%PDF-1.7\nnothing",
    "a broken picture": _png()[:40],
    "a picture of too many points": _png((8000, 6000)),
    "a program": b"\x7fELF" + b"\0" * 100,
    "bytes that are no text": b"abc\0\1\2\3" * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(InputError) as caught:
        uploads.inspect(HOSTILE[name], "file")
    assert caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (_png(), "image/png"),
        (_pdf(3), "application/pdf"),
        (_pdf(1, leap=True), "application/pdf"),  # as Word and scanners write it: open at the first page
        ("상품,상태\n치발기,삭제".encode(), "text/plain"),
        (_office({}), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_an_ordinary_file_is_recognised_by_its_content(content: bytes, media_type: str) -> None:
    assert uploads.inspect(content, "whatever.exe")[1] == media_type


def test_a_picture_loses_what_it_tells_of_its_sender() -> None:
    before = _jpeg_with_place()
    assert b"Jiwoo" in before
    assert b"Jiwoo" not in uploads.inspect(before, "photo.jpg")[0]


def test_a_kept_file_goes_out_as_an_attachment_that_nothing_runs(db: None) -> None:
    kept = uploads.keep_upload(SimpleUploadedFile("../../영수증.txt", "결제 완료".encode()))
    assert kept.name == "영수증.txt"
    response = uploads.download(kept)
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == "결제 완료".encode()


def test_a_file_over_the_limit_is_refused_before_it_is_read(db: None) -> None:
    big = SimpleUploadedFile("a.txt", b"a")
    big.size = uploads.LIMITS.size + 1
    with pytest.raises(InputError, match="MB"):
        uploads.keep_upload(big)
