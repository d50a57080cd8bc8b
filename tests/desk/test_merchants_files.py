"""Files of merchants: whatever tells who made them is gone, what cannot be stripped is refused, the original stays sealed."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

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


def _written(page: dict[str, Any]) -> bytes:
    """A PDF of one page with more entries; values that are streams or held apart become objects of their own."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(99, 99)
    for key, value in page.items():
        writer.pages[0][NameObject(key)] = value(writer)
    writer.write(out)
    return out.getvalue()


def _thing(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _stream(data: bytes, **entries: Any) -> StreamObject:
    made = StreamObject()
    made._data = data
    made.update(_thing(**entries))
    return made


def _marked(**entries: Any) -> Any:
    """A mark on the page that stands in its list itself."""
    corners = ArrayObject([NumberObject(0)] * 4)
    return lambda _writer: ArrayObject([_thing(Type=NameObject("/Annot"), Rect=corners, **entries)])


def _pictured(stream: StreamObject) -> Any:
    return lambda writer: _thing(XObject=_thing(M=writer._add_object(stream)))


def _jp2() -> bytes:
    """A JPEG 2000 picture with a comment before its pixels and a box that tells of it."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "JPEG2000", comment=WHO)
    return out.getvalue() + (24 + len(WHO)).to_bytes(4, "big") + b"uuid" + bytes(16) + WHO.encode()


def _all_of(content: bytes) -> bytes:
    """Everything in a PDF: each object as it stands, and what its stream holds."""
    reader = PdfReader(io.BytesIO(content))
    parts = [content]
    for number in range(1, reader.trailer["/Size"]):
        thing = reader.get_object(IndirectObject(number, 0, reader))
        parts += [repr(thing).encode(), getattr(thing, "_data", b"")]
        if isinstance(thing, StreamObject) and thing.get("/Filter") not in ("/DCTDecode", "/JPXDecode"):
            parts.append(thing.get_data())
    return b"\0".join(parts)


_URI = {"S": NameObject("/URI"), "URI": TextStringObject(f"file:///C:/Users/{WHO}/shop.xlsx")}
_AWAY = {"S": NameObject("/GoToR"), "F": TextStringObject(f"C:/Users/{WHO}/a.pdf")}
_IMAGE = {
    "Type": NameObject("/XObject"), "Subtype": NameObject("/Image"), "Width": NumberObject(32), "Height": NumberObject(32),
}  # fmt: skip
_TWICE = ArrayObject([NameObject("/FlateDecode"), NameObject("/DCTDecode")])
_LAYER = {
    "Type": NameObject("/OCG"), "Name": TextStringObject("1"), "Usage": _thing(User=_thing(Name=TextStringObject(WHO))),
}  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "value", "what"),
    [
        ("/Annots", _marked(Subtype=NameObject("/Text"), T=TextStringObject(WHO)), "author"),
        ("/Annots", _marked(Popup=_thing(Rect=ArrayObject(), T=TextStringObject(WHO))), "author"),
        ("/Annots", _marked(Subtype=NameObject("/Link"), A=_thing(**_URI)), "path"),
        ("/Annots", _marked(Subtype=NameObject("/Link"), A=_thing(**_AWAY)), "path"),
        ("/Annots", _marked(V=_thing(Type=NameObject("/Sig"), Name=TextStringObject(WHO))), "signature"),
        ("/Resources", _pictured(_stream(zlib.compress(jpeg()), Filter=_TWICE, **_IMAGE)), "camera"),
        ("/Resources", _pictured(_stream(_jp2(), Filter=NameObject("/JPXDecode"), **_IMAGE)), "camera"),
        ("/Resources", _pictured(_stream(b"", OPI=_thing(F=TextStringObject(WHO)))), "path"),
        ("/Resources", lambda writer: _thing(Properties=_thing(L=writer._add_object(_thing(**_LAYER)))), "author"),
        (
            "/Resources",
            lambda writer: _thing(XObject=_thing(A=_stream_with_notes(writer))),
            "title",
        ),
    ],
)  # fmt: skip
def test_nothing_in_a_pdf_tells_who_made_it_wherever_it_stands(entry: str, value: Any, what: str) -> None:
    content = _written({entry: value})
    found = strip(content, "a.pdf")
    assert b"Banjjak" not in _all_of(found.content)
    assert what in found.removed


def _stream_with_notes(writer: PdfWriter) -> Any:
    notes = writer._add_object(_stream(f"<x>{WHO}</x>".encode()))
    return writer._add_object(_stream(b"", Subtype=NameObject("/Form"), Metadata=notes))


def test_pictures_and_links_of_a_pdf_stay() -> None:
    there = _marked(A=_thing(S=NameObject("/URI"), URI=TextStringObject("https://shop.example/1")))
    picture = _pictured(_stream(_jp2(), Filter=NameObject("/JPXDecode"), **_IMAGE))
    page = PdfReader(
        io.BytesIO(strip(_written({"/Annots": there, "/Resources": picture}), "a.pdf").content)
    ).pages[0]
    assert page["/Annots"][0]["/A"]["/URI"] == "https://shop.example/1"
    with Image.open(io.BytesIO(page["/Resources"]["/XObject"]["/M"]._data)) as image:
        assert image.getpixel((3, 3)) == (254, 0, 0) or image.getpixel((3, 3)) == (255, 0, 0)


def _body(inside: str) -> dict[str, bytes]:
    return {"word__document.xml": f'<w:document xmlns:w="{W}" xmlns:a="a">{inside}</w:document>'.encode()}


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (f"<w:del><w:r><w:delText>{WHO}</w:delText></w:r></w:del>", "deleted"),
        (f"<w:moveFrom><w:r><w:t>{WHO}</w:t></w:r></w:moveFrom>", "deleted"),
        (f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:t>{WHO}</w:t></w:tc></w:tr>", "deleted"),
        (rf"<w:instrText>INCLUDEPICTURE C:\Us</w:instrText><w:instrText>ers\{WHO}</w:instrText>", "path"),
        (rf'<a:docPr name="{WHO}.jpg" descr="C:\Users\{WHO}\a.jpg"/>', "name"),
    ],
)
def test_what_word_still_keeps_of_deleted_words_and_of_paths_goes(inside: str, what: str) -> None:
    found = strip(docx(**_body(inside)), "a.docx")
    assert b"Banjjak" not in everything(found.content)
    assert what in found.removed


def test_what_was_hidden_is_shown_so_that_nobody_passes_it_on_unseen() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["May"])
    book.create_sheet("costs").sheet_state = "veryHidden"
    book.active.row_dimensions[1].hidden = True
    book.save(out)
    found = strip(out.getvalue(), "a.xlsx")
    after = openpyxl.load_workbook(io.BytesIO(found.content))
    assert [each.sheet_state for each in after] == ["visible", "visible"]
    assert not after.active.row_dimensions[1].hidden and "hidden" in found.removed
    assert "hidden" not in strip(xlsx(), "a.xlsx").removed
    words = strip(docx(**_body("<w:r><w:rPr><w:vanish/></w:rPr><w:t>shop</w:t></w:r>")), "a.docx")
    assert b"vanish" not in everything(words.content) and "hidden" in words.removed


def test_a_cropped_picture_is_refused_since_the_rest_is_still_there() -> None:
    with pytest.raises(InputError, match=r"cropped|잘라 낸") as refused:
        strip(docx(**_body('<a:srcRect l="12000"/>')), "a.docx")
    assert refused.value.mend
    assert strip(docx(**_body('<a:srcRect l="0" t="-500"/><a:srcRect/>')), "a.docx").content
