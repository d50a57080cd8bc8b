"""How a cell becomes a value of a list's field: texts, lists, dates, GTINs, countries, words of a fixed set, scopes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml
from stdnum import ean

from mapae.sources.agencies.names import plain
from mapae.sources.agencies.profile import Field
from mapae.sources.agencies.scope import BadScope, checked_scope, hazard_class
from mapae.sources.dates import iso_date

__all__ = ["KINDS", "BadValue", "texts"]

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SPLIT = re.compile(r"\s*[\n\r;|；｜•]+\s*")
_COMMA = re.compile(
    r"\s*[\n\r;|；｜•]+\s*"
    r"|\s*[,，、](?:\s+(?!\s)(?:(?<=\D[,，、]\s)|(?!\d{1,2}[-,]))|(?=[^\s\d])|(?<=\D[,，、])(?=\d))(?![^()（）]*[)）])"
)
_BETWEEN_NUMBERS = re.compile(r"(?<=\d{3}),(?=\d{3})")
_NUMBER = re.compile(r"(?<![\w.])\d(?:[ \-]?\d){7,13}(?![\w])")
_BEHIND_UPC = re.compile(
    r"\b(?:UPC|EAN|GTIN|barcode|바코드)\b\D{0,20}(\d(?:[ \-]?\d){7,13})(?!\w)", re.IGNORECASE
)
_LEADING_LABEL = re.compile(
    r"^\s*(?:models?|model\s*(?:nos?|numbers?)\.?|type|모델명?|형식)\s*[:：#]\s*", re.IGNORECASE
)
_AND_OTHERS = re.compile(r"\s*(?:외|등)\s*\d*\s*(?:건|종|개|모델|품목)?\s*$")
_NAME_ENDS = re.compile(
    r"[\n\r;]|,?\s*\b(?:UPC|NDC|Net\s+W(?:t|eight)|Item\s*#|Lot|Catalog(?:ue)?\s*(?:No|#)|Product\s+Code|Packaged|packed\s+in)\b|\.\s",
    re.IGNORECASE,
)
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_NOTHING = 160, 4_000, 40


class BadValue(ValueError):
    """A cell that says something which cannot be this field."""


def texts(values: Iterable[Any]) -> Iterator[str]:
    """Cells as clean texts, lists in them one by one; without tags, and without words that mean nothing (`-`, 없음)."""
    for value in values:
        if value is None or isinstance(value, bool):
            continue
        if isinstance(value, (list, tuple)):
            yield from texts(value)
        elif isinstance(value, dict):
            yield from texts([value.get("name") or value.get("value")])
        elif text := _clean(value):
            yield text


def _clean(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\0", "").encode("utf-8", "replace").decode()
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("\n", text))
    text = "\n".join(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)
    if len(text) > _LONGEST_NOTHING:
        return text
    return "" if plain(text) in _nothing() or not text.strip(" -–—_./·*") else text


@cache
def _nothing() -> frozenset[str]:
    data = yaml.safe_load((Path(__file__).parent / "nothing.yaml").read_text("utf-8"))
    return frozenset(plain(str(word)) for word in data)


def _text(values: list[Any], field: Field) -> str | None:
    found = next(texts(values), None)
    return found[:_LONGEST_TEXT] if found else None


def _one_line(values: list[Any], field: Field) -> str | None:
    found = _text(values, field)
    return " ".join(found.split()) if found else None


def _long(values: list[Any], field: Field) -> str | None:
    """All columns behind one another, each once."""
    return " · ".join(dict.fromkeys(texts(values)))[:_LONGEST_TEXT] or None


def _split(values: list[Any], pattern: re.Pattern[str]) -> list[str]:
    """Parts of the cells' texts; what a JSON list holds is parted already."""
    cut = (
        [text] if isinstance(value, list) else pattern.split(text)
        for value in values
        for text in texts([value])
    )
    parts = (part.strip(" \"'“”·") for found in cut for part in found)
    return list(dict.fromkeys(part for part in parts if part and plain(part) not in _nothing()))


def _list(values: list[Any], field: Field) -> list[str]:
    return _split(values, _SPLIT)


def _names(values: list[Any], field: Field) -> list[str]:
    """Names behind commas as well; a comma within a number (`1,3-dimethyl…`) or within brackets does not part."""
    return _split(values, _COMMA)


def _models(values: list[Any], field: Field) -> list[str]:
    """Model names: as names, without `Model:` in front and `외 3종` behind."""
    parts = (part for name in _names(values, field) for part in _BETWEEN_NUMBERS.split(name))
    bare = (_AND_OTHERS.sub("", _LEADING_LABEL.sub("", part)).strip() for part in parts)
    return list(dict.fromkeys(part for part in bare if part and plain(part) not in _nothing()))


def _product(values: list[Any], field: Field) -> list[str]:
    """The product's name at the head of a long description, up to its first packing or code."""
    names = []
    for text in texts(values):
        end = _NAME_ENDS.search(text, 3)
        name = text[: end.start()] if end else text
        names.append(name[:_LONGEST_NAME].strip(" ,.-"))
    return list(dict.fromkeys(name for name in names if name))


def _gtins(values: list[Any], field: Field) -> list[str]:
    """Numbers of 8, 12, 13 or 14 digits with a right check digit (GS1; python-stdnum). BadValue where all are wrong."""
    return _checked(match[0] for text in texts(values) for match in _NUMBER.finditer(text))


def _gtins_in_text(values: list[Any], field: Field) -> list[str]:
    """GTINs that stand behind a word that says so; numbers with a wrong check digit are passed over."""
    found = (match[1] for text in texts(values) for match in _BEHIND_UPC.finditer(text))
    return list(
        dict.fromkeys(digits for number in found if ean.is_valid(digits := re.sub(r"\D", "", number)))
    )


def _checked(numbers: Iterator[str]) -> list[str]:
    digits = list(dict.fromkeys(re.sub(r"\D", "", number) for number in numbers))
    good = [number for number in digits if ean.is_valid(number) and int(number)]
    if digits and not good:
        raise BadValue(f"no number here is a GTIN with a right check digit: {', '.join(digits[:3])}")
    return good


def _date(values: list[Any], field: Field) -> str | None:
    """The first column's date as YYYY-MM-DD (or YYYY, YYYY-MM). BadValue where there is something else."""
    wrong = ""
    for text in texts(values):
        if day := iso_date(text.split("~")[0].strip()):
            return day[:10]
        wrong = wrong or text
    if wrong:
        raise BadValue(f"not a date: {wrong[:40]}")
    return None


def _countries(values: list[Any], field: Field) -> list[str]:
    """Countries; of a path such as 국외>아시아지역>중국 its last step."""
    return list(dict.fromkeys(name.rsplit(">", 1)[-1].strip() for name in _names(values, field)))


def _url(values: list[Any], field: Field) -> str | None:
    found = (text.split()[0] for text in texts(values))
    return next((text for text in found if re.match(r"https?://", text, re.IGNORECASE)), None)


def _bool(values: list[Any], field: Field) -> bool | None:
    for text in texts(str(value) for value in values if value is not None):
        word = text.casefold()
        if word in ("true", "yes", "y", "1", "예", "o"):
            return True
        if word in ("false", "no", "n", "0", "아니오", "x"):
            return False
        raise BadValue(f"neither yes nor no: {text[:40]}")
    return None


def _word(values: list[Any], field: Field) -> str | None:
    """The first word of the field's set that a column has; a set's order is its order of trial. BadValue for others."""
    wrong = ""
    for value in values:
        text = plain(str(value)) if value is not None else ""
        for word, seen in field.words.items():
            if any(text == mark if len(mark) < 2 else mark in text for mark in map(plain, seen)) and text:
                return word
        wrong = wrong or text
    if wrong and field.words:
        raise BadValue(f"not one of {', '.join(field.words)}: {wrong[:40]}")
    return None


def _scope(values: list[Any], field: Field) -> str | None:
    """A JSON object as it stands, see scope.py; another text as its `note`. BadValue for one that no check could read."""
    for value in values:
        given = value if isinstance(value, dict) and value else None
        if given is None and (text := next(texts([value]), "")):
            try:
                read = orjson.loads(text)
            except orjson.JSONDecodeError:
                read = None
            given = read if isinstance(read, dict) else {"note": text}
        if given:
            try:
                return orjson.dumps(checked_scope(given), option=orjson.OPT_SORT_KEYS).decode()
            except BadScope as error:
                raise BadValue(str(error)) from None
    return None


def _hazard(values: list[Any], field: Field) -> str | None:
    return hazard_class(texts(values)) or None


def _steps(values: list[Any], field: Field) -> list[str]:
    """Words of a classification: the last step of each path (어린이용품>완구)."""
    found = (name.rsplit(">", 1)[-1].strip() for name in _list(values, field))
    return list(dict.fromkeys(name for name in found if name))


def _object(values: list[Any], field: Field) -> str | None:
    """A JSON object given as such or as text (prices by product word). BadValue for anything else."""
    for value in values:
        if isinstance(value, dict):
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        for text in texts([value]):
            try:
                read = orjson.loads(text)
            except orjson.JSONDecodeError:
                raise BadValue(f"not a JSON object: {text[:40]}") from None
            return orjson.dumps(read, option=orjson.OPT_SORT_KEYS).decode()
    return None


KINDS: dict[str, Callable[[list[Any], Field], Any]] = {
    "text": _text, "line": _one_line, "long": _long, "list": _list, "names": _names, "models": _models,
    "product": _product, "gtins": _gtins, "gtins_in_text": _gtins_in_text, "date": _date, "countries": _countries,
    "url": _url, "bool": _bool, "word": _word, "scope": _scope, "object": _object,
    "hazard": _hazard, "steps": _steps,
}  # fmt: skip
