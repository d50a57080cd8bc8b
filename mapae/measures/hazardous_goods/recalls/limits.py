"""Holds what a listing says of serial, lot, date, colour and size against what limits a recall."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mapae.detect.recall_codes import Code, codes_in, fold_code, in_range, shape
from mapae.measures.hazardous_goods.recalls.made import made_months, written_months
from mapae.measures.hazardous_goods.recalls.notice import Recall
from mapae.measures.hazardous_goods.recalls.words import Words
from mapae.text.fold import fold_words

__all__ = ["Limit", "hold_limits"]

_SERIAL = re.compile(
    r"serial|s/n|(?<![a-z])sn(?![a-z])|lot|batch|date ?(?:code|stamp)|"
    r"digits|production|code|label|sticker|manufactur|made in|mfg|ser\.|"
    r"시리얼|일련번호|배치|로트|제조|생산|날짜|라벨|코드|각인|스탬프|뒷면|바닥|하단|品番|序列|批次|批号|日期|编码|钢印|生产|年产|标签|编号|底部|背面",
    re.IGNORECASE,
)
_STAMP = re.compile(r"stamp|code|날짜|뒷면|스탬프|코드|日期码|钢印|日期", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![A-Za-z0-9])(\d{2,3}) ?([A-Z]) ?(\d{5,8}) (\d{2,4})(?![A-Za-z0-9])")
_BOXED = re.compile(
    r"(?:black|blue|white|블랙|화이트|黑|白)\s?(?:&|\+|앤|and)?\s?(?:diamond|decker|friday|label|다이아몬드|데커|钻)|"
    r"[^\s,.;/]{1,6}\s?(?:gift )?(?:box|packag|礼盒|盒|包装|박스|상자|포장|선물)"
)  # a box's colour


@dataclass(frozen=True, slots=True)
class Limit:
    """fits: within or outside; what: which limit; start, end: its place in the text."""

    fits: bool
    what: str
    field: str
    start: int
    end: int


def hold_limits(recall: Recall, texts: dict[str, str], words: Words, named: Sequence[str]) -> list[Limit]:
    """Every limit that the listing says something about. texts: field → original text; named: model codes matched."""
    found: list[Limit] = []
    for field, text in texts.items():
        found += _codes(recall, field, text, set(named))
        found += _made(recall, field, text)
    found += _colours(recall, texts, words)
    found += _sizes(recall, texts)
    return found


def _codes(recall: Recall, field: str, text: str, named: set[str]) -> list[Limit]:
    """Codes near words of serial, lot, date: in a list, in a range, under a prefix; or of their shape and outside."""
    scope, found = recall.scope, _placed(recall, field, text)
    listed = {fold_code(code) for code in scope.get("codes", ())} - recall.models
    shapes = {shape(code) for code in listed if len(code) >= 4}
    prefixes = [code for code in scope.get("prefixes", ()) if code not in recall.models]
    if not (listed or prefixes or scope.get("ranges")):
        return found
    plain = _GROUPED.sub(lambda m: (m[1] + m[2] + m[3] + m[4]).ljust(len(m[0]), "\u2007"), text)
    extra = _pairs(text) if any(len(code) == 2 for code in listed) else []
    for code in [*codes_in(plain), *extra]:
        if code.folded in listed:
            mixed = len(code.folded) >= 6 and not code.folded.isdigit() and not code.folded.isalpha()
            found.append(Limit(True, "long" if mixed else "code", field, code.start, code.end))
            continue
        if code.folded in recall.models or code.folded in named:
            continue
        if re.fullmatch(r"(?:19|20)\d\d", code.text) and not _STAMP.search(
            text[max(0, code.start - 16) : code.start]
        ):
            continue
        near = bool(
            _SERIAL.search(text[max(0, code.start - 28) : code.start])
            or _SERIAL.search(text[code.end : code.end + 10])
        ) or _plainly(code, scope)
        dated = bool(re.fullmatch(r"(?:\d\d/\d{1,2}|[A-Z]{3}\d\d)", code.text))
        if not near and not dated and len(code.folded) < 6:
            continue
        said = [
            in_range(code.text if dated else code.folded, low, high) for low, high in scope.get("ranges", ())
        ]
        if any(said):
            found.append(Limit(True, "range", field, code.start, code.end))
        elif near and False in said and _headed(code.folded, prefixes, scope["ranges"]):
            found.append(Limit(False, "range", field, code.start, code.end))
        elif any(
            code.folded.startswith(prefix)
            or (near and prefix.startswith(code.folded) and len(code.folded) >= 3)
            for prefix in prefixes
        ):
            found.append(Limit(True, "prefix", field, code.start, code.end))
        elif near and False in said:
            found.append(Limit(False, "range", field, code.start, code.end))
        elif near and (shape(code.folded) in shapes or (listed and len(code.folded) == 2)):
            found.append(Limit(False, "code", field, code.start, code.end))
        elif (
            near
            and prefixes
            and not said
            and _is_serial(text, code)
            and any(shape(code.folded)[: len(p)] == shape(p) for p in prefixes)
        ):
            found.append(Limit(False, "prefix", field, code.start, code.end))
    return found


def _placed(recall: Recall, field: str, text: str) -> list[Limit]:
    """A serial that bears, or does not, the letters that the notice tells at a place of it."""
    wanted = recall.scope.get("placed", ())
    found = []
    for code in codes_in(text) if wanted else ():
        if _is_serial(text, code) and all(len(code.folded) >= at + len(sign) - 1 for at, sign in wanted):
            fits = all(code.folded[at - 1 : at - 1 + len(sign)] == sign for at, sign in wanted)
            found.append(Limit(fits, "prefix", field, code.start, code.end))
    return found


def _headed(folded: str, prefixes: Sequence[str], ranges: Sequence[Sequence[str]]) -> bool:
    """Whether the code's prefix is that of a range of the notice too, so that the range decides (`DG20190501`…)."""
    return any(
        folded.startswith(prefix) and low.startswith(prefix) and len(low) > len(prefix)
        for prefix in prefixes
        for low, _ in ranges
    )


def _plainly(code: Code, scope: dict[str, Any]) -> bool:
    """A long code with the first letters and the shape of those of the notice: a serial that needs no word to say so."""
    known = [
        fold_code(one) for one in (*scope.get("codes", ()), *(pair[0] for pair in scope.get("ranges", ())))
    ]
    return len(code.folded) >= 8 and any(
        shape(code.folded) == shape(one) and code.folded[:2] == one[:2] and not one.isdigit() for one in known
    )


def _pairs(text: str) -> list[Code]:
    """Two capitals that stand alone: production codes of some makers."""
    return [
        Code(m[0], m.start(), m.end(), m[0]) for m in re.finditer(r"(?<![A-Za-z])[A-Z]{2}(?![A-Za-z])", text)
    ]


def _is_serial(text: str, code: Code) -> bool:
    return bool(
        re.search(
            r"serial|s/n|(?<![a-z])sn|시리얼|일련번호|序列",
            text[max(0, code.start - 28) : code.start],
            re.IGNORECASE,
        )
    )


def _made(recall: Recall, field: str, text: str) -> list[Limit]:
    periods = [tuple(pair) for pair in recall.scope.get("made", ())]
    periods += [
        (f"{low}-00", f"{high}-12") for low, high in recall.scope.get("ranges", ()) if _years(low, high)
    ]
    if not periods and (months := recall.scope.get("months")):
        periods = [(months[0], months[-1])]
    years = recall.scope.get("years", ())
    if not periods and years:
        periods = [(f"{int(year) - 1}-06", f"{year}-12") for year in years]
    last_sold = "" if periods else recall.scope.get("sold_until", "")
    if not periods and not last_sold:
        return []
    found = []
    for first, last, start, end in [
        *made_months(text, short=bool(recall.scope.get("months"))),
        *written_months(text, recall.scope.get("written", "")),
    ]:
        inside = any(first <= high and last >= low for low, high in periods)
        model_year = (first[5:], last[5:]) == ("01", "12")
        if periods or (f"{int(first[:4]) - 1}-06" if model_year else first) > last_sold:
            found.append(Limit(inside, "date", field, start, end))
    return found


def _years(low: str, high: str) -> bool:
    """A range of years; 0000 and 9999 are open ends."""
    return all(re.fullmatch(r"(?:19|20)\d\d|0000|9999", end) for end in (low, high)) and (low, high) != (
        "0000",
        "9999",
    )


def _colours(recall: Recall, texts: dict[str, str], words: Words) -> list[Limit]:
    wanted = words.colours_of(tuple(recall.scope.get("colours", ())))
    if not wanted:
        return []
    seen: list[str] = []
    for field in ("title", "description", "model"):
        folded = fold_words(texts.get(field, ""))
        for colour, at in words.colours_in(folded):
            if _BOXED.match(folded, at):
                continue
            turned = words.search("not_before", folded[max(0, at - 4) : at]) if at else None
            denied = re.match(
                r"[\w ]{0,3}(?:\s?색\w{0,2})?\s?(?:아님|아닙|아니|아닌|말고|제외|없음|is not)",
                folded[at + 1 :],
            )
            if colour in wanted and (turned or denied):
                return [Limit(False, "colour", field, 0, 0)]
            seen.append(colour)
    if not seen:
        return []
    return [Limit(bool(wanted & set(seen)), "colour", "title", 0, 0)]


def _sizes(recall: Recall, texts: dict[str, str]) -> list[Limit]:
    wanted = {re.sub(r"[^A-Z0-9]", "", size) for size in recall.scope.get("sizes", ())}
    wanted = {_short(size) for size in wanted if len(size) <= 12}
    if not wanted or not any(re.fullmatch(r"(?:X{0,3}[SML]|XXL|\dXL|\d{1,2}[TYM])", size) for size in wanted):
        return []
    text = " ".join(texts.get(name, "") for name in ("title", "description", "model"))
    found = re.findall(
        r"(?:size|사이즈|尺码|码|(?<![A-Za-z0-9&]))\s?((?:XXS|XS|XL|XXL|[SML]|\d{1,2}[TY]))(?![A-Za-z0-9&'’])",
        text,
    )
    seen = {_short(size.upper()) for size in found}
    sorts = {re.sub(r"\d", "", size) for size in wanted}
    seen = {size for size in seen if re.sub(r"\d", "", size) in sorts}
    if not seen:
        return []
    return [Limit(bool(seen & _spread(wanted)), "size", "title", 0, 0)]


def _spread(sizes: set[str]) -> set[str]:
    """Sizes of years or toddlers filled up between the least and the greatest (4T, 8T → 4T … 8T)."""
    found = set(sizes)
    for sort in ("T", "Y"):
        numbers = [int(size[:-1]) for size in sizes if re.fullmatch(rf"\d{{1,2}}{sort}", size)]
        if numbers:
            found |= {f"{number}{sort}" for number in range(min(numbers), max(numbers) + 1)}
    return found


def _short(size: str) -> str:
    return {"EXTRASMALL": "XS", "SMALL": "S", "MEDIUM": "M", "LARGE": "L", "EXTRALARGE": "XL"}.get(size, size)
