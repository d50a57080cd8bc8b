"""Stretches of days as people write them (열흘, 9일, nine days, a fortnight, 十天, 两周), and how many days they are."""

from __future__ import annotations

import re

__all__ = ["ORDINAL", "STRETCH", "days_in", "figure"]

_KOREAN = {
    name: number
    for number, name in enumerate(
        "하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘 열하루 열이틀 열사흘 열나흘".split(), start=1
    )
} | {"보름": 15, "스무날": 20, "일주일": 7}
_NATIVE = {name: number for number, name in enumerate("한 두 세 네 다섯 여섯".split(), start=1)}
_SINO = {letter: number for number, letter in enumerate("일이삼사오육칠팔구", start=1)}
_ENGLISH = {
    name: number
    for number, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split(),
        start=1,
    )
} | {"a": 1}
_CHINESE = {letter: number for number, letter in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_UNITS = {"주일": 7, "주": 7, "일": 1, "天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "day": 1, "week": 7}

_ORDINALS = {
    name: number
    for number, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}
_ONES = "|".join(list(_ORDINALS)[:9])
# A day of the month in English words, as a piece of a regular expression without groups.
ORDINAL = rf"(?:(?:twenty|thirty)[- ](?:{_ONES})|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"

# A stretch of days, as a piece of a regular expression without groups.
STRETCH = (
    "(?:"
    + "|".join(sorted(_KOREAN, key=len, reverse=True))
    + rf"|\d{{1,2}}\s?(?:일|주일?|天|日|个?星期|周|days?\b|weeks?\b)|(?:{'|'.join(_NATIVE)})\s?주일?"
    + r"|(?<![가-힣])[이삼사]\s?주(?=\s?(?:전|뒤|후|만|지나))"
    + "|(?<![가-힣])(?:[이삼]?십[일이삼사오육칠팔구]?|[이삼사오육칠팔구])일"
    + rf"|\b(?:{'|'.join(_ENGLISH)})\s(?:days?|weeks?)\b|\ba fortnight\b|半个?月"
    + "|[一二两三四五六七八九十]{1,3}(?:天|日|周|个?星期|个?礼拜))"
)


def days_in(stretch: str) -> int:
    """How many days a match of STRETCH is: `열흘` 10, `two weeks` 14, `十二天` 12."""
    text = stretch.strip()
    if text in _KOREAN:
        return _KOREAN[text]
    if "fortnight" in text:
        return 14
    if text.startswith("半"):
        return 15
    unit = next(days for name, days in _UNITS.items() if re.search(rf"{name}s?$", text))
    return unit * _count(re.split(r"\s|(?:주일?|일|天|日|周|个?星期|个?礼拜|days?|weeks?)$", text)[0])


def figure(word: str | int) -> int:
    """A day or month as digits, Korean or Chinese numerals, or an English ordinal: `18`, `십팔`, `廿一`, `twenty-first`."""
    plain = str(word).removeprefix("初").replace("廿", "二十").replace("유", "육").replace("시", "십")
    if plain[-2:] in ("st", "nd", "rd", "th") and not plain[0].isdigit():
        tens, _, ones = plain.replace(" ", "-").rpartition("-")
        return {"twenty": 20, "thirty": 30}.get(tens, 0) + _ORDINALS[ones]
    return _count(plain)


def _count(word: str) -> int:
    for table in (_NATIVE, _ENGLISH):
        if word in table:
            return table[word]
    leading = re.match(r"\d+", word)
    if leading:
        return int(leading[0])
    tens, ten, ones = re.split("([십十])", word) if re.search("[십十]", word) else ("", "", word)
    digits = _SINO | _CHINESE
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)
