"""Files of merchants: whatever tells who made them is gone, what cannot be stripped is refused, the original stays sealed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text

from mapae.desk.merchants.stripping import strip
from mapae.desk.merchants.stripping.pictures import plain_jpeg
from mapae.errors import InputError

WHO = "Kim Banjjak (invented)"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"


def jpeg() -> bytes:
    """A photo with the place, the camera and a comment."""
    image, out = Image.new("RGB", (32, 32), "red"), io.BytesIO()
    exif = image.getexif()
    exif[0x013B] = WHO
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 59.0)
    image.save(out, "JPEG", exif=exif, comment=WHO.encode(), xmp=f"<x>{WHO}</x>".encode())
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    """A document with author, company, tracked change, comment and a photo inside."""
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/docProps/core.xml" ContentType="x"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{R}"><Relationship Id="r1" Type="t" Target="docProps/core.xml"/>'
        f'<Relationship Id="r2" Type="t" Target="word/document.xml"/></Relationships>'.encode(),
        "docProps/core.xml": f"<cp>{WHO}</cp>".encode(),
        "docProps/app.xml": f"<Properties><Company>{WHO}</Company></Properties>".encode(),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:mc="m" mc:Ignorable="w14">'
        f'<w:p w:rsidR="00AB12CD"><w:ins w:author="{WHO}" '
        'w:date="2026-05-03T10:11:12Z"><w:r><w:t>kept words</w:t></w:r></w:ins></w:p></w:document>'.encode(),
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="{WHO}" w:initials="KB"/></w:comments>'.encode(),
        "word/_rels/settings.xml.rels": f'<Relationships xmlns="{R}"><Relationship Id="r1" Type="t" '
        f'Target="file:///C:/Users/{WHO}/a.dotx" TargetMode="External"/></Relationships>'.encode(),
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:attachedTemplate/></w:settings>'.encode(),
        "word/people.xml": WHO.encode(),
        "word/media/image1.jpeg": jpeg(),
        **{name.replace("__", "/"): body for name, body in more.items()},
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def xlsx() -> bytes:
    """A sheet with an author, a table and a comment."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = WHO
    sheet = book.active
    sheet.append(["month"])
    sheet.append(["May"])
    sheet["A1"].comment = Comment("late", WHO)
    sheet.add_table(Table(displayName="Payments", ref="A1:A2"))
    book.save(out)
    return out.getvalue()


def pdf() -> bytes:
    """A page with an author, XMP, a comment and a photo inside."""
    image, first, out = Image.open(io.BytesIO(jpeg())), io.BytesIO(), io.BytesIO()
    image.save(first, "PDF")
    writer = PdfWriter(clone_from=PdfReader(first))
    writer.add_metadata({"/Author": WHO, "/Title": WHO})
    writer.add_annotation(0, Text(rect=(0, 0, 9, 9), text="late", title_bar=WHO))
    for each in writer._objects:
        if isinstance(each, dict) and each.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            each._data = jpeg()
    writer.write(out)
    return out.getvalue()


def everything(content: bytes) -> bytes:
    """The bytes of a file and of all that is packed in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\0".join([content, *(part.encode() + archive.read(part) for part in archive.namelist())])


@pytest.mark.parametrize(
    ("make", "name", "taken"),
    [
        (jpeg, "IMG_반짝상회.jpg", {"place", "camera", "comment", "name"}),
        (docx, "신고.docx", {"author", "company", "path", "place", "name"}),
        (xlsx, "정산.xlsx", {"author", "company", "name"}),
        (pdf, "화면.pdf", {"author", "title", "camera", "name"}),
    ],
)
def test_nothing_that_tells_who_made_it_is_left(make: Any, name: str, taken: set[str]) -> None:
    before = everything(make())
    assert WHO.encode() in before or b"Banjjak" in before
    found = strip(make(), name)
    after = everything(found.content)
    for word in (WHO, "Banjjak", "2026-05-03T10", "00AB12CD", "Exif", "C:/Users"):
        assert word.encode() not in after and word.encode("utf-16-le") not in after, word
    assert taken <= set(found.removed)


def test_what_was_written_stays_readable() -> None:
    with zipfile.ZipFile(io.BytesIO(strip(docx(), "a.docx").content)) as archive:
        body = archive.read("word/document.xml").decode()
        assert "kept words" in body and 'mc:Ignorable="w14"' in body
        assert (
            "core.xml"
            not in archive.read("_rels/.rels").decode() + archive.read("[Content_Types].xml").decode()
        )
    sheet = openpyxl.load_workbook(io.BytesIO(strip(xlsx(), "a.xlsx").content)).active
    assert (sheet["A2"].value, list(sheet.tables), sheet["A1"].comment.text) == ("May", ["Payments"], "late")
    assert len(PdfReader(io.BytesIO(strip(pdf(), "a.pdf").content)).pages) == 1
    assert Image.open(io.BytesIO(strip(jpeg(), "a.jpg").content)).size == (32, 32)


@pytest.mark.parametrize(
    "extra",
    [{"word__embeddings__sheet.xlsx": b"x"}, {"word__media__logo.emf": b"x"}, {"word__odd.xml": b"<broken"}],
)
def test_what_cannot_be_stripped_is_refused_saying_what_to_do(extra: dict[str, bytes]) -> None:
    with pytest.raises(InputError) as refused:
        strip(docx(**extra), "a.docx")
    assert next(iter(extra)).replace("__", "/") in refused.value.what
    assert "PDF" in refused.value.mend


def test_a_pdf_with_a_file_attached_is_refused() -> None:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    writer.add_annotation(0, Text(rect=(0, 0, 9, 9), text="x"))
    from pypdf.generic import DictionaryObject, NameObject

    kind = NameObject("/EmbeddedFile")
    attached = writer._add_object(DictionaryObject({NameObject("/Type"): kind}))
    writer.pages[0][NameObject("/AF")] = attached
    writer.write(out)
    with pytest.raises(InputError, match=r"attached|첨부"):
        strip(out.getvalue(), "a.pdf")


@pytest.mark.parametrize("progressive", [False, True])
def test_a_picture_behind_the_end_of_a_photo_goes_and_the_pixels_stay(progressive: bool) -> None:
    image, out = Image.effect_mandelbrot((64, 64), (-2.0, -1.5, 1.0, 1.5), 90).convert("RGB"), io.BytesIO()
    image.save(out, "JPEG", comment=WHO.encode(), progressive=progressive)
    plain = plain_jpeg(out.getvalue() + b"\0\0" + jpeg())
    assert WHO.encode() not in plain and plain.endswith(b"\xff\xd9")
    with Image.open(io.BytesIO(plain)) as after, Image.open(out) as before:
        assert after.tobytes() == before.tobytes()


def test_a_photo_without_an_end_is_not_passed_on_unread() -> None:
    whole = jpeg()
    for cut in (3, 20, len(whole) // 2, len(whole) - 2):
        with pytest.raises(ValueError, match="no end"):
            plain_jpeg(whole[:cut])
