"""Models, serials, lots, dates and UPCs of a notice: which codes its text gives, and what each limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stdnum import ean

from mapae.detect.recall_codes import Code, codes_in, fold_code
from mapae.sources.agencies.cpsc_code_kinds import kind_at
from mapae.sources.agencies.cpsc_code_ranges import capped, is_year, open_range, ranged, two_of_one
from mapae.sources.agencies.cpsc_firms import plain_words

__all__ = ["Codes", "read_codes"]

_NOT = re.compile(
    r"(?:not (?:included|affected|subject|part of|involved|recalled)|excluded|does not (?:include|involve|affect)|"
    r"do not (?:include|involve)|are unaffected)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:start(?:s|ing)?|begin(?:s|ning)?)\s+with[^.]{0,60}$|prefix[^.]{0,30}$", re.IGNORECASE
)
_LISTED_PREFIX = re.compile(
    r"(?:serial|lot|batch|date code)s?(?: numbers?| codes?)?[^.]{0,20} "
    r"(?:start|begin)(?:s|ning|ing)? with (?:one of )?the following",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"(?:\b(?:CFR|ASTM|ANSI|UL|EN|ISO|F963|Section)|\$|www\.|https?:\S*|@\S*)\s*$", re.IGNORECASE
)
_IN_YEAR = re.compile(
    r"(?:Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|June?|July?|Aug\w*|Sep\w*|Oct\w*|Nov\w*|Dec\w*|\d,|in|during|since|year|years|before|"
    r"after|from|until|of)[.,]?\s*$",
    re.IGNORECASE,
)
_MASK = re.compile(r"[xX*#]{3,}$")
_AFTER = re.compile(
    r"[\"”']?(?:\s*(?:,|or|and)\s*[\"“'][A-Z0-9-]+[\"”'])*\s*(?:date codes?|date stamps?|lot|batch|production codes?)",
    re.I,
)
_GROUPS = re.compile(r"\b(\d{2,3}) ?([A-Z]) (\d{5,8}) (\d{2,4})\b")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\(?\b\d{3}\)?[- ]\d{3}[- ]\d{4}\b|\$\s?[\d,.]+")
_QUOTED_PREFIX = re.compile(
    r"(?:start(?:s|ing)?|begin(?:s|ning)?) with(?: the (?:numbers?|letters?|digits?|characters?|prefix)[\w ]{0,30})?:?\s*"
    r"[\"“”']?((?:[A-Z0-9][\w-]*[\"“”']?(?:\s*(?:,|or|and|/)+\s*[\"“”']?)?){1,40})"
)
_NAMED = re.compile(
    r"[Mm]odels?(?: names?| numbers?| name/number| nos?\.?)?(?: and \w+ numbers?)?:?(?: are| is| include[sd]?)?:? "
    r"([\"“]?[A-Z0-9][\w+./-]*[\"”]?(?: \([^)]*\))?(?:(?:, (?:and |or )?| "
    r"and | or )[\"“]?[A-Z0-9][\w+./-]*[\"”]?(?: \([^)]*\))?){0,60})"
)
_BATTERY = re.compile(r"LR(?:41|43|44|54|1130)|AG1[03]|[CB]R(?:12|16|20|23|24|30)\d\d|A{3,4}")
_LETTERED = re.compile(r"(?<![\w-])[A-Z]{2,}(?:-[A-Za-z]{2,}){2,}(?![\w-])")  # models without digits
_SHORT_RUN = re.compile(
    r"(?<![\w-])((?:[A-Z]\d[A-Za-z]{0,2}(?:, (?:and )?| and )){1,}[A-Z]\d[A-Za-z]{0,2})(?![\w-])"
)
_LETTERS = re.compile(r"codes?[^.:]{0,80}?:?\s((?:[A-Z]{2,3}(?:, (?:and )?| and )){2,}[A-Z]{2,3})")


@dataclass
class Codes:
    """What a notice's codes are: models and GTINs name the product, the rest limits it."""

    models: list[str] = field(default_factory=list)
    gtins: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    months: list[str] = field(default_factory=list)

    def tidy(self) -> Codes:
        """Each once, in order; what is excluded is no model."""
        out = set(map(fold_code, self.excluded))
        self.models = [m for m in dict.fromkeys(self.models) if fold_code(m) not in out]
        for name in ("gtins", "codes", "prefixes", "ranges", "excluded"):
            setattr(self, name, list(dict.fromkeys(getattr(self, name))))
        return self


def read_codes(text: str, names: str) -> Codes:
    """Codes of a description; `names` are its product names and title, whose codes are models."""
    found = Codes()
    for code in codes_in(_URL.sub(lambda m: " " * len(m[0]), names)):
        if any(char.isalpha() for char in code.folded) and len(code.folded) >= 2 and not is_year(code.text):
            found.models.append(code.text)
    plain = _GROUPS.sub(r"\1\2\3\4", _URL.sub(lambda m: " " * len(m[0]), text))
    for sentence, start in _sentences(plain):
        _read_sentence(sentence, plain[max(0, start - 160) : start], found)
    for run in _NAMED.findall(plain):
        found.models += [word for word in _list_of(run) if _namelike(word)]
    for run in _SHORT_RUN.findall(plain):
        names_of_run = [name for name in re.split(r",? and |, ", run) if len(name) >= 3]
        found.models += names_of_run if set(names_of_run) & set(found.models) else []
    heads = {tuple(model.split("-")[:2]) for model in found.models if model.count("-") > 1}
    found.models += [name for name in _LETTERED.findall(plain) if tuple(name.split("-")[:2]) in heads]
    for run in _LETTERS.findall(plain):
        found.codes += re.findall(r"[A-Z]{2,3}", run)
    if "batter" not in names.casefold():
        found.models = [model for model in found.models if not _BATTERY.fullmatch(model)]
    return found.tidy()


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for stop in re.finditer(r"(?<=[.;])\s+(?=[A-Z\"“])", text):
        yield text[start : stop.end()], start
        start = stop.end()
    yield text[start:], start


def _read_sentence(sentence: str, before: str, found: Codes) -> None:
    negated = bool(_NOT.search(sentence))
    for pair, (start, end) in capped(sentence):
        found.ranges.append(pair)
        sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    for match in _QUOTED_PREFIX.finditer(sentence):
        kind = kind_at(sentence, match.start(), before)
        parts = [
            part
            for part in re.split(r"[\s,/\"“”']+|\bor\b|\band\b", match[1])
            if any(c.isdigit() or c.isupper() for c in part)
        ]
        if kind in ("serial", "batch"):
            found.prefixes += [fold_code(part) for part in parts if 1 < len(fold_code(part)) <= 12]
    codes = _bare(codes_in(sentence))
    ended = -1
    for at, code in enumerate(codes):
        if _SKIP.search(sentence[max(0, code.start - 24) : code.start]) or at == ended:
            continue
        following = codes[at + 1] if at + 1 < len(codes) else None
        joined = following and ranged(sentence, code, following)
        if negated and not joined and _excluding(sentence, code, found):
            continue
        kind = "batch" if _AFTER.match(sentence, code.end) else kind_at(sentence, code.start, before)
        if joined and following and kind != "gtin" and not (kind == "" and is_year(code.text)):
            if not (
                is_year(code.text)
                and is_year(following.text)
                and _IN_YEAR.search(sentence[max(0, code.start - 24) : code.start])
            ):
                found.ranges.append((code.folded, following.folded))
            if kind in ("model", "table") and not code.text.endswith("*") and not is_year(code.text):
                found.models += [code.text, following.text]
            ended = at + 1
            continue
        _add(code, kind, sentence, found)


def _bare(codes: Iterator[Code]) -> list[Code]:
    """Masks (`19Jxxxxxx`) cut off, and marked by a `*` at the end of the text."""
    found: list[Code] = []
    for code in codes:
        bare = _MASK.sub("", code.text).strip("-")
        found.append(
            Code(f"{bare}*", code.start, code.end, fold_code(bare))
            if bare != code.text and len(bare) > 1
            else code
        )
    return found


def _add(code: Code, kind: str, sentence: str, found: Codes) -> None:
    if not _by_form(code, kind, found):
        _by_kind(code, kind, sentence, found)


def _by_form(code: Code, kind: str, found: Codes) -> bool:
    """Codes that their form tells: article numbers, months, masked serials. Whether it was one."""
    if code.folded.isdigit() and _article(code, kind):
        found.gtins.append(code.folded)
    elif dated := re.fullmatch(r"(\d{1,2})/(\d{1,2})", code.text):
        first, last = int(dated[1]), int(dated[2])
        year, month = (first, last) if first > 12 else (last, first)
        if 1 <= month <= 12 and year > 5:
            found.months.append(f"20{year:02d}-{month:02d}")
    elif code.text.endswith("*"):
        found.prefixes.append(code.folded)
    else:
        return False
    return True


def _article(code: Code, kind: str) -> bool:
    """An article number by its length: twelve digits that are no range, or another length where the words say so.

    One of eight digits is one only by its check digit: tables set models of eight digits beside article numbers.
    """
    if len(code.folded) == 12:
        return kind == "gtin" or not re.fullmatch(r"\d{6}-\d{6}", code.text) or ean.is_valid(code.folded)
    if kind != "gtin":
        return False
    return len(code.folded) in (11, 13, 14) or (len(code.folded) == 8 and ean.is_valid(code.folded))


def _by_kind(code: Code, kind: str, sentence: str, found: Codes) -> None:
    """Codes that the words before them tell."""
    digits, head = sum(char.isdigit() for char in code.folded), sentence[: code.start]
    limit = kind in ("serial", "batch", "table")
    year = is_year(code.text) and not (limit and len(code.text) == 4 and not _IN_YEAR.search(head))
    told = _LISTED_PREFIX.search(head) and re.fullmatch(r"\d{3,6}", code.text)
    if told or (limit and kind != "table" and _PREFIX.search(head)):
        found.prefixes.append(code.folded)
    elif year or (kind == "batch" and _told_as_date(code, sentence)):
        return
    elif "-" in code.text and (both := two_of_one(code, kind)):
        found.ranges.append(both)
    elif limit and kind != "table" and (half := open_range(code, sentence)):
        found.ranges.append(half)
    elif limit and len(code.folded) >= 3:
        found.codes.append(code.text)
        if kind == "table":
            found.models.append(code.text)
    elif (
        (kind == "gtin" and re.fullmatch(r"\d{8}", code.folded))
        or (kind == "model" and (len(code.folded) >= 3 or digits < len(code.folded)))
        or (not limit and 0 < digits < len(code.folded) >= 4)
    ):
        found.models.append(code.text)


def _told_as_date(code: Code, sentence: str) -> bool:
    """A month and year (`03-18`) given as the end of a period, or as an example of how dates are written."""
    return bool(re.fullmatch(r"(?:0[1-9]|1[0-2])-\d\d", code.text)) and bool(
        re.match(r"[\"”]?\)?\s*(?:or|and) (?:earlier|before|prior|later|after)", sentence[code.end :], re.I)
        or re.search(r"example", sentence[max(0, code.start - 40) : code.start], re.I)
    )


def _excluding(sentence: str, code: Code, found: Codes) -> bool:
    """Whether the words of exclusion stand near this code and no word of inclusion stands nearer."""
    for match in _NOT.finditer(sentence):
        gap = match.start() - code.end if code.end <= match.start() else code.start - match.end()
        between = sentence[min(code.end, match.end()) : max(code.start, match.start())]
        if 0 <= gap <= 90 and not re.search(
            r"\b(?:included|recalled|affected|only|between)\b|[.;:]", between, re.I
        ):
            if not is_year(code.text):
                found.excluded.append(code.text)
            return True
    return False


def _list_of(run: str) -> list[str]:
    return [
        part.strip('"“”.,;: ')
        for part in re.split(r",\s*(?:(?:and|or)\s+)?|\s+and\s+|\s+or\s+|\([^)]*\)", run)
        if part.strip()
    ]


def _namelike(word: str) -> bool:
    """A short name in capitals (`MSP`, `RS`, `Nikola+`, `914`): no plain word, no year."""
    if not word or len(word) > 24 or " " in word or is_year(word):
        return False
    if word.casefold() in plain_words():
        return False
    return (word.isupper() and len(word) >= 2) or any(char.isdigit() for char in word) or word.endswith("+")
