"""Word and Excel files (OOXML): packed anew without properties, authors, revisions, paths, printers and camera data; what was
hidden is shown, what was deleted is gone."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Container

from django.utils.translation import gettext as _
from lxml import etree

from mapae.desk.merchants.stripping.pictures import marks_of_picture, plain_inner_picture
from mapae.errors import InputError

__all__ = ["plain_office"]

# parts that are left out whole, with what they told; parts that point to them lose the pointer
_OUT = {
    "docprops/core": "author", "docprops/app": "company", "docprops/custom": "title", "docprops/thumbnail": "title",
    "customxml/": "title", "word/people": "author", "xl/persons/": "author", "xl/revisions/": "author",
    "xl/printersettings": "path", "xl/threadedcomments/": "author", "word/glossary/": "title", "_xmlsignatures/": "signature",
    "docmetadata/": "company", "xl/usernames": "author", "xl/pivotcache/": "deleted", "xl/pivottables/": "deleted",
}  # fmt: skip
# files within the file and ties to others: nothing says what they tell
_INSIDE = ("/embeddings/", "/activex/", "/externallinks/", "/connections.xml", "/querytables/")
_NAMES = {"author", "initials", "userName", "lastModifiedBy", "refreshedBy", "date", "dateUtc", "dT"}
_TEXTS = {"author"}  # elements whose text is a name (comments of Excel)
_GONE = {"absPath": "path", "attachedTemplate": "path", "fileSharing": "author", "rsids": "author", "docVars": "author",
         "docId": "author", "mailMerge": "path", "pivotCaches": "deleted", "moveFrom": "deleted"}  # fmt: skip
_DELETED = ("del", "cellDel")  # tracked: as a run of words, as a mark of a row or cell
_HIDING = ("vanish", "specVanish", "hidden")  # words and rows that are there and not seen
_HIDDEN = {"sheet": "state", "row": "hidden", "col": "hidden", "sheetFormatPr": "zeroHeight"}
_SEEN = ("", "0", "false", "visible")
_ALT = ("descr", "title", "alt")  # of a picture: Word writes the path there by itself
_DRAWN = ("docPr", "cNvPr", "shape", "imagedata")
_PATH = re.compile(r"(?i)file:|(?<![a-z])[a-z]:[\\/](?!/)|\\\\[^\\\s]+\\")
_CROP = re.compile(r"crop(?:left|right|top|bottom)")
_RSID = re.compile(r"rsid\w*")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp")


def plain_office(content: bytes, name: str, found: set[str]) -> bytes:
    """The file packed anew. found: gets what was taken out. InputError where something inside cannot be stripped."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        parts = dict.fromkeys(part for part in source.namelist() if not part.endswith("/"))
        for part in parts:
            if what := _left_out(part):
                found.add(what)
                continue
            body = _plain(part, source.read(part), name, found, _gone_ties(source, parts, part))
            made.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _left_out(part: str) -> str | None:
    lower = part.lower().removeprefix("/")
    return next((what for start, what in _OUT.items() if lower.startswith(start)), None)


def _gone_ties(source: zipfile.ZipFile, parts: Container[str], part: str) -> frozenset[str]:
    """Ids of the part's relationships that are taken out."""
    folder, _sep, last = part.rpartition("/")
    ties = f"{folder}/_rels/{last}.rels".removeprefix("/")
    if ties not in parts:
        return frozenset()
    root = _read(source.read(ties), "", ties)
    return frozenset(str(each.get("Id")) for each in root if _leads_to(each, ties))


def _plain(part: str, body: bytes, name: str, found: set[str], gone: frozenset[str]) -> bytes:
    lower = part.lower()
    if any(each in f"/{lower}" for each in _INSIDE):
        raise _refusal(name, part)
    if lower.endswith(_PICTURES):
        found |= marks_of_picture(body)
        return plain_inner_picture(body, name, part)
    if lower.endswith((".xml", ".rels", ".vml")):
        return _plain_xml(part, body, name, found, gone)
    if lower.endswith(".odttf"):  # a font
        return body
    raise _refusal(name, part)


def _plain_xml(part: str, body: bytes, name: str, found: set[str], gone: frozenset[str]) -> bytes:
    root = _read(body, name, part)
    _plain_codes(root, found)
    for element in list(root.iter(tag=etree.Element)):
        if _is_cropped(element):
            raise InputError(
                _("A picture inside the file was cropped; what was cut away is still in it."),
                where=name,
                mend=_(
                    "Delete the cropped areas of the pictures (Compress Pictures), or send the pictures by themselves."
                ),
            )
        parent, what = element.getparent(), _what_goes(element, part)
        if what and parent is not None:
            found.add(what)
            parent.remove(element)
        else:
            _plain_element(element, found, gone)
    kept: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept


def _plain_codes(root: etree._Element, found: set[str]) -> None:
    """Codes of fields, which no page shows and which Word spreads over several elements, where one tells a path."""
    codes = list(root.iter("{*}instrText"))
    if _PATH.search("".join(each.text or "" for each in codes)):
        found.add("path")
        for each in codes:
            each.text = ""


def _read(body: bytes, name: str, part: str) -> etree._Element:
    try:
        return etree.fromstring(
            body, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refusal(name, part) from error


def _what_goes(element: etree._Element, part: str) -> str | None:
    """What an element tells that goes as a whole; None where it stays."""
    local = etree.QName(element).localname
    if local == "Relationship":
        return _leads_to(element, part)
    if local == "Override":
        return _left_out(str(element.get("PartName", "")))
    if local in _HIDING:
        return "hidden"
    if local == "definedName" and _PATH.search(element.text or ""):
        return "path"
    return "deleted" if _is_deleted(element, local) else _GONE.get(local)


def _is_deleted(element: etree._Element, local: str) -> bool:
    """Whether words, a row or a cell were deleted while changes were tracked, or moved from here."""
    if local in _DELETED:
        return True
    if local not in ("tr", "tc"):
        return False
    about = next((each for each in element if etree.QName(each).localname == f"{local}Pr"), ())
    return any(etree.QName(each).localname in _DELETED for each in about if isinstance(each.tag, str))


def _is_cropped(element: etree._Element) -> bool:
    """Whether a picture is shown in part only."""
    local = etree.QName(element).localname
    if local == "srcRect":
        return any(value.strip("0%.") for value in element.attrib.values() if not value.startswith("-"))
    return local == "imagedata" and any(_CROP.fullmatch(etree.QName(key).localname) for key in element.attrib)


def _plain_element(element: etree._Element, found: set[str], gone: frozenset[str]) -> None:
    if etree.QName(element).localname in _TEXTS and element.text:
        element.text = ""
        found.add("author")
    local = etree.QName(element).localname
    if (hiding := _HIDDEN.get(local)) and str(element.attrib.pop(hiding, "")) not in _SEEN:
        found.add("hidden")
    for key, value in list(element.attrib.items()):
        whole = etree.QName(key)
        if local in _DRAWN and whole.localname in ("name", *_ALT):
            element.set(key, "") if whole.localname == "name" else element.attrib.pop(key)
        elif _PATH.match(value) or (local == "fldSimple" and _PATH.search(value)):
            element.set(key, "")
            found.add("path")
        elif _RSID.fullmatch(whole.localname) or (
            str(whole.namespace).endswith("/relationships") and value in gone
        ):
            del element.attrib[key]
        elif whole.localname in _NAMES and value:
            element.set(key, "1980-01-01T00:00:00Z" if whole.localname in ("date", "dateUtc", "dT") else "")
            found.add("author")


def _leads_to(tie: etree._Element, ties: str) -> str | None:
    """What a relationship tells that points to a part left out, or to a place on somebody's computer or network."""
    target = str(tie.get("Target", ""))
    if tie.get("TargetMode") == "External":
        return None if target.lower().startswith(("http://", "https://", "mailto:")) else "path"
    folder = posixpath.dirname(posixpath.dirname(ties))
    return _left_out(posixpath.normpath(posixpath.join("/", folder, target)))


def _refusal(name: str, part: str) -> InputError:
    return InputError(
        _("Something inside the file cannot be freed of its metadata: %(part)s.") % {"part": part},
        where=name,
        mend=_("Save it as PDF, and send that."),
    )
