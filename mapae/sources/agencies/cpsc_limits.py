"""Colours, sizes and describing words of a notice: what else limits it to some goods or tells them from others."""

from __future__ import annotations

import re

from mapae.sources.agencies.cpsc_firms import plain_words

__all__ = [
    "colours_of",
    "generations_of",
    "keywords_of",
    "measures_of",
    "parts_of",
    "placed_of",
    "sizes_of",
    "written_of",
]

_COLOURS = (
    "black|white|ivory|cream|gray|grey|charcoal|silver|gold|red|burgundy|maroon|orange|coral|yellow|green|olive|mint|teal|sage|"
    "blue|navy|turquoise|aqua|purple|violet|lavender|pink|rose|magenta|brown|tan|beige|taupe|khaki|bronze|brass|copper|anthracite|chrome|"
    "off-white|lilac|plum|espresso|walnut|oak"
)
_COLOUR = re.compile(rf"(?<![\w-])(?:{_COLOURS})(?![\w])", re.IGNORECASE)
_SOLD_IN = re.compile(
    r"(?:(?:sold|available|came|comes?|offered|made|manufactured)\s+in|colors?\s+(?:are|were|include[sd]?|of)|"
    r"(?:in|the) (?:following )?colors?:?|[Oo]nly|(?:are|is|were)(?!\s+(?:\w+\s+)?(?:sold|"
    r"available|offered|made|manufactured)))\s+([^.;]{3,160})",
)
_OPEN = re.compile(
    r"variety|various|multiple|multi-?colou?r|several|assorted|different|many|other colors|range of|with or|mix",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:[\s,/]|and|or|with)*\s*(?:letters?|lettering|logo|label|straps?|buckle|cord|button|text|print|tag|sticker|ink|"
    r"plastic|metal|box|base|rubber|handles?|cap|lid|trim|wheels?|knobs?|foam|accents?|writing|wooden|fabric|switch|"
    r"(?:shoe)?laces|zippers?|stitching|piping|soles?|drawstrings?|caps?|lids?|polka)",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"\bsizes?\s+((?:(?:XXS|XS|S|M|L|XL|XXL|XXXL|2XL|3XL|small|medium|large|extra[- ]small|extra[- ]large|\d{1,2}[TYM]?"
    r"(?:[-–/]\d{1,2}[TYM]?)?|\d{1,2}[-–]\d{1,2} months)(?: \([A-Z]+\))?(?:\s*(?:,|and|or|to|through|-|–|/)+\s*)?){1,14})",
    re.IGNORECASE,
)
_MEASURE = (
    r"\d+(?:[.,]\d+)?[-\s]?(?:\"|”|inch(?:es)?\b|ounces?\b|oz\b\.?|quarts?\b|qt\b\.?|gallons?\b|pounds?\b|lbs?\b\.?|ml\b|watts?\b|drawers?\b)"
    r"(?:\s*\([^)]*\))?"
)
_MEASURES = re.compile(
    r"(?:\b(?:sold|available|came|comes?|offered|manufactured|mattress\w*|bottles?)\s+in\s+(?:an?\s+)?|"
    r"^This recall involves (?:all |the |certain )?)"
    rf"({_MEASURE}(?:(?:,? and |,? or |, ){_MEASURE})*)",
    re.IGNORECASE,
)
_THICK = re.compile(
    r"\b(?:are|is|came in|sold in|measures?)\s+"
    r"((?:\d+(?:\.\d+)?(?:[-\s]inch(?:es)?)?(?:,? and |,? or |, ))*\d+(?:\.\d+)?)[-\s]inch(?:es)? thick",
    re.IGNORECASE,
)
_GENERATION = re.compile(
    r"\b(\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth)[\s-]gen(?:eration)?\b", re.IGNORECASE
)
_PARTS = re.compile(
    r"\breplacement (?:\w+ ){0,3}(\w{3,}?)s? (?:(?:purchased|sold|that|which)\b[^.]{0,40} )?"
    r"(?:is|are) also included in (?:this|the) recall",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_PLACED = re.compile(
    r"(?:letters?|characters?|digits?|numbers?) [\"“]?([A-Z0-9]{1,4})[\"”]?(?: and [\"“]?([A-Z0-9])[\"”]?)? (?:as|in) the "
    rf"({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?: and \w+)? (?:letters?|characters?|digits?|numbers?)? ?"
    r"(?:of|in) (?:the|their) serial",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"\b(WWYY|YYWW|YYMM|MMYY)\b")
_WORD = re.compile(r"[A-Za-z][a-z]{3,}")
_COMMON = frozenset(
    "this recall involves involve sold were that with have from "
    "about number numbers model models printed located label white "
    "black which measures measure inches inch tall wide long high "
    "deep product products consumers included only recalled front "
    "back bottom side sides name brand units unit made color colors size sizes include includes including approximately also "
    "blue gray grey green pink purple yellow orange brown each "
    "their they date code codes serial between through before after "
    "style upper lower left right inside outside under logo following available variety different when between other these "
    "those there either both most some into more than four five seven eight nine three manufactured stamped displayed item "
    "written sticker package packaging year month week first second digits used using part parts into have been item items "
    "note throw this battery batteries device trash recycling "
    "household hazardous waste facility contact municipal collection "
    "accept lithium disposed dispose differently greater risk fire should stores boxes curbside center general stream found "
    "because present guidance municipality street level retail improvement ahead time whether taking disposal further".split()
)


def colours_of(text: str) -> list[str]:
    """Colours that the goods were sold in, where the notice gives a closed list; empty where it says various, or none."""
    found: list[str] = []
    for match in _SOLD_IN.finditer(text):
        clause = match[1]
        if (
            not match[0]
            .casefold()
            .startswith(
                (
                    "sold",
                    "available",
                    "came",
                    "come",
                    "offered",
                    "made",
                    "manufactured",
                    "color",
                    "in",
                    "the",
                    "only",
                )
            )
        ):
            first = _COLOUR.search(clause)
            if first is None or first.start() > 2:
                continue
        if _OPEN.search(clause):
            return []
        for hit in _COLOUR.finditer(clause):
            if not _PART.match(clause[hit.end() :]):
                found.append(hit[0].casefold().replace("grey", "gray"))
    return list(dict.fromkeys(found))


def sizes_of(text: str) -> list[str]:
    """Sizes named (`M`, `5T`, `8Y`), spelled as the notice does, in capitals."""
    found = []
    for run in _SIZES.findall(text):
        found += _between(run)
        found += [
            part.strip().upper()
            for part in re.split(r"\s*(?:,|\band\b|\bor\b|\bto\b|\bthrough\b)+\s*", run)
            if part.strip()
        ]
    words = {
        "SMALL": "S",
        "MEDIUM": "M",
        "LARGE": "L",
        "EXTRA LARGE": "XL",
        "EXTRA SMALL": "XS",
        "EXTRA-LARGE": "XL",
    }
    sizes = [words.get(re.sub(r"\s*\(.*?\)", "", size), re.sub(r"\s*\(.*?\)", "", size)) for size in found]
    return list(dict.fromkeys(size for size in sizes if size))


def _between(run: str) -> list[str]:
    """Sizes of toddlers that lie in a span that begins with months (`12M to 5T`)."""
    span = re.search(r"\d{1,2} ?M(?:onths)?\s*(?:to|through|-|–)\s*(\d{1,2})T", run, re.IGNORECASE)
    return [f"{years}T" for years in range(2, int(span[1]) + 1)] if span else []


def placed_of(text: str) -> list[tuple[int, str]]:
    """Letters or digits that the recalled serials bear at a place: `"WY" as the seventh and eighth letter` → (7, WY)."""
    found = []
    for one, other, place in _PLACED.findall(text):
        number = re.match(r"\d+", place)
        found.append((int(number[0]) if number else _ORDINALS.index(place.casefold()) + 1, f"{one}{other}"))
    return found


def measures_of(text: str) -> list[str]:
    """Measures that the goods come in (`10 inch`, `8 oz`): a list at the head of the notice or behind `sold in`."""
    found = [
        re.sub(r"[\"”]", " inch", re.sub(r"\([^)]*\)", "", one)).replace("-", " ")
        for match in _MEASURES.finditer(text)
        for one in re.findall(_MEASURE, match[1], re.IGNORECASE)
    ]
    for run in _THICK.findall(text):
        found += [f"{figure} inch" for figure in re.findall(r"\d+(?:\.\d+)?", run)]
    return list(dict.fromkeys(" ".join(one.split()).rstrip(".").casefold() for one in found))


def generations_of(names: str) -> list[str]:
    """Generations that the title or a product name limits the goods to (`5th generation`)."""
    return list(dict.fromkeys(f"{found} generation".casefold() for found in _GENERATION.findall(names)))


def parts_of(text: str) -> list[str]:
    """Spare parts that the notice names as recalled too (`replacement lids … are also included in this recall`)."""
    return [found.casefold() for found in _PARTS.findall(text)]


def written_of(text: str) -> str:
    """The order in which date codes of four digits are written; empty where the notice tells none, or more than one."""
    found = set(_WRITTEN.findall(text))
    return found.pop() if len(found) == 1 else ""


def keywords_of(text: str, products: list[str]) -> list[str]:
    """Single words that describe the goods (material, picture, function), rarest in notices first kept in order."""
    named = " ".join(products).casefold()
    words = []
    for word in _WORD.findall(text[:900]):
        low = word.casefold()
        if low not in _COMMON and low not in named and low not in words:
            words.append(low)
    return [word for word in words if word not in plain_words()][:8] + [
        word for word in words if word in plain_words()
    ][:8]
