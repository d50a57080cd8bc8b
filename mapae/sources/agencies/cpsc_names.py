"""Brands and product names of a notice: who sells what, from its title, product names and what is printed on the goods."""

from __future__ import annotations

import re

from mapae.sources.agencies.cpsc_firms import RECALLS, clean, firm_of, plain, plain_words, tables

__all__ = ["brands_of", "lines_of", "names_in", "phrases", "printed_of"]

_NAME = r"(?<![\w-])[A-ZÅÄÖÉ0-9][\w'’&.+-]{0,20}(?: [A-ZÅÄÖÉ0-9&][\w'’&.+-]{0,20}){0,3}"
_PRINTED = [
    re.compile(r"[\"“]([^\"”“]{2,60})[\"”]\s*(?:(?:and|logo|brand|name|is|are|was|were|appears?|can)\b)"),
    re.compile(
        rf"({_NAME})[,\"”]*(?: logo| brand name)?[,\"”]*(?: and the size)?(?: is| are| and| was)(?: also)? "
        r"(?:printed|stamped|displayed|"
        r"written|embossed|engraved|etched|imprinted|molded|labeled|marked|decaled|stitched|located|inscribed)"
    ),
    re.compile(
        rf"(?:printed|stamped|embossed|engraved|displayed|labeled|marked) with (?:the )?[\"“]?({_NAME})"
    ),
    re.compile(rf"[Bb]rand name,?\s+[\"“]?({_NAME})"),
    re.compile(rf"({_NAME})(?:-brand(?:ed)?| brand| logo)\b"),
]
_HEADING = re.compile(r"\b(?:Model|NO|No|SER|TYPE|Type|LOT|SN|SKU)\b")
_NO_BRAND = frozenset(
    "is in on at it us usa no the a an of for by all new made logo safety warning model date code type size "
    "usb bluetooth wi-fi wifi velcro styrofoam iphone ipad android magsafe lego upc dr mr mrs ms st "
    "china vietnam india cambodia thailand mexico canada taiwan bangladesh pakistan indonesia".split()
)
_NO_NAME = re.compile(r"\d{3}.* |,|\b(?:19|20)\d\d\b|\bUPC\b")  # a printed line of codes or a date
_LED = frozenset("and or with for of in on to".split())  # they end a name
_MARKED = re.compile(r"([A-Z][\w'’&+-]*(?: [A-Z][\w'’&+-]*)?)\s?[®™]")
_UNNAMED = re.compile(
    r"^(?:All |Model Year |Certain |Select )*(?:models of )?"
    r"(?:[\d.]*-?(?:Inch|Volt|Watt|Quart|Gallon|Ounce|Piece|Pack)(?:es|s)?[\s,]+)?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"^\W*(?:(?:of|about|over|more than|nearly)\s+)*(?:[\d.,]+\s*(?:million\s+)?|one million\s+|two million\s+)?",
    re.I,
)
_DUE = re.compile(r"\bDue to\b|;")
_QUOTED = re.compile(r"[\"“]([^\"”“]{3,60})[\"”]")


def brands_of(title: str, products: list[str], text: str) -> list[str]:
    """Brand names, the surest first: printed on the goods, at the head of product names, firms; marketplaces left out."""
    shops, open_to_all = set(tables()["marketplaces"]), set(tables()["platforms"])
    marked = _marked_in(" | ".join([title, *products, text[:300]]))
    printed = [*marked, *_short_printed(text)]
    named = clean(" ".join([title, *products])).casefold()
    known = [name for name in printed if name.casefold() in named]
    firms = [*firm_of(title), *_heading_firm(title, products, text)]
    sure = {name.casefold() for name in (*known, *firms)} - shops
    famous = _famous_in(" | ".join([re.split(_DUE, title)[0], *products, text[:600]]))
    runs = [run for name in products if (run := _run(clean(name)))]
    heads = [*_heads([*products, _COUNT.sub("", _goods_in(title))], sure), *runs]
    surest = {*firms, *runs, *famous, *(name for name in marked if len(name) > 5)}
    in_turn = [
        *heads,
        *famous,
        *known,
        *firms,
        *_firsts(firms, shops),
        *_heads(_joined(products), sure),
        *printed[:2],
    ]
    found: list[str] = []
    for name in (each.strip(" .,'\"“”-") for each in in_turn):
        low = name.casefold()
        taken = low in (item.casefold() for item in found) or low in shops or ". " in name
        weak = _weak(name, firm=name in firms, sure=name in surest)
        barred = low in _NO_BRAND or (_NO_NAME.search(name) and name not in heads)
        if 1 < len(name) <= 40 and not taken and not weak and not barred:
            found.append(name)
    labels = [
        shop
        for shop in tables()["marketplaces"]
        for name in products
        if clean(name).casefold().startswith(f"{shop} ")
    ]
    found = [*found[:8], *(shop.title() for shop in labels if shop not in open_to_all)]
    return found or [name for name in firms if name.casefold() in shops - open_to_all][:2]


def _weak(name: str, firm: bool, sure: bool) -> bool:
    """Whether a name is a code, plain words or a figure that no better sign makes a brand."""
    if name.isdigit() and (not firm or len(name) < 3):
        return True
    return (_code(name) and not firm) or ((plain(name) or _made_up(name)) and not sure)


def _goods_in(title: str) -> str:
    """What a title says of the goods, without who recalls them."""
    if "Recalled" in title:
        return re.split(r"\bRecalled", clean(title))[0]
    return RECALLS.sub("", clean(title))


def _joined(products: list[str]) -> list[str]:
    """The products named behind the first one in a product's name."""
    return [part for name in products for part in re.split(r"\s+and\s+|,\s*", clean(name))[1:]]


def _heads(names: list[str], sure: set[str]) -> list[str]:
    """The leading words of names, as short as another sign allows."""
    heads = [head for name in names if (head := _head(clean(name)))]
    return [short for head in heads for short in _shorter(head, sure)]


def _marked_in(text: str) -> list[str]:
    """Names with the sign of a mark behind them."""
    return [re.sub(r"^(?:Recall(?:s|ed)?|Hazards?)\s+", "", name) for name in _MARKED.findall(text)]


def _short_printed(text: str) -> list[str]:
    """Names of one or two words that are printed on the goods."""
    names = printed_of(re.sub("[®™©]", "", text), short=True)
    return [name for name in names if _namelike(name) and len(name.split()) < 3]


def _famous_in(text: str) -> list[str]:
    """Makers known to be called by plain words that the text names."""
    return [name for name in tables()["names"] if _told(name, text)]


def _firsts(firms: list[str], shops: set[str]) -> list[str]:
    """The first words of firms, where they are names by themselves."""
    several = [firm.split()[0] for firm in firms if " " in firm and firm.casefold() not in shops]
    return [word for word in several if len(word) > 2 and not plain(word)]


def _made_up(name: str) -> bool:
    """Plain words put together by hyphens (`Gas-powered`, `All-Terrain`)."""
    words = re.split(r"[\s-]", name.casefold())
    return (
        "-" in name
        and not name.isupper()
        and all(word in plain_words() or word in _LED or len(word) == 1 for word in words)
    )


def _told(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words, some of it in capitals as names are."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _run(product: str) -> str:
    """Two or three capitalised words, the first a plain one, before a product in small letters (`Room Essentials pouf`)."""
    found = re.match(r"((?:[A-Z][\w'-]+ |& ){2,3})([a-z]\S+)", product)
    words = found[1].split() if found else []
    joined = len(words) > 1 and words[-1] != "&"
    return " ".join(words) if found and joined and found[2] not in _LED and plain(words[0]) else ""


def _heading_firm(title: str, products: list[str], text: str) -> list[str]:
    """The recalling firm of plain words (`Greater Goods`) where the goods bear its name at their head or printed."""
    match = RECALLS.match(clean(title))
    who = match["who"].strip(" ,.") if match and not re.search(r"\bRecalled\b", match[0]) else ""
    heads = any(clean(name).casefold().startswith(f"{who.casefold()} ") for name in products)
    if len(who.split()) in (2, 3) and plain(who) and heads:
        return [who]
    return [
        name
        for name in printed_of(text, short=True)
        if " " in name and plain(name) and f"{who} ".startswith(f"{name} ")
    ]


def lines_of(brands: list[str], text: str, products: list[str]) -> list[str]:
    """Brands that the text puts behind another one (`Stokke Clikk high chairs`): names of lines, no makers.

    So do product names, where the name stands nowhere else in them (`Cannondale Dave bicycles`).
    """
    low, named = text.casefold(), clean(" | ".join(products)).casefold()
    return [
        name
        for name in brands
        if any(
            other != name and name.casefold() not in other.casefold() and _behind(name, other, low, named)
            for other in brands
        )
    ]


def _behind(name: str, other: str, text: str, named: str) -> bool:
    pair = f"{other} {name}".casefold()
    return pair in text or 0 < named.count(pair) == named.count(name.casefold())


def names_in(products: list[str], brands: list[str]) -> list[str]:
    """Words of product names that are no plain words and no brand: what tells a line from others."""
    taken = {word for brand in brands for word in brand.casefold().split()}
    found = []
    for word in re.findall(r"[^\W\d_][\w'’-]+", clean(" ".join(products))):
        low = word.casefold().removesuffix("'s")
        if (
            low not in taken
            and low not in plain_words()
            and not all(part in plain_words() for part in low.split("-"))
        ):
            found.append(low)
    return list(dict.fromkeys(found))


def _shorter(head: str, sure: set[str]) -> list[str]:
    """The part of a product's leading words that is a brand by another sign; else two words, and the first."""
    words = head.split()
    for size in range(1, len(words) + 1):
        if " ".join(words[:size]).casefold() in sure:
            return [" ".join(words[:size])]
    if words[0].casefold().strip(".") in ("dr", "mr", "mrs", "ms", "st") and len(words) > 2:
        return [" ".join(words[:2])]
    return [" ".join(words[:2]), words[0]] if len(words) > 1 and len(words[0]) > 2 else [head]


def _namelike(name: str) -> bool:
    """Capitalised words, some of them no plain word, and no code."""
    words = [word for word in name.split() if word[0].isalpha()]
    return (
        bool(words)
        and not plain(name)
        and not _code(name)
        and (len(words) == 1 or all(w[0].isupper() for w in words))
    )


def _code(name: str) -> bool:
    """A heading of a code, or one word that is a code: two digits or more, or a digit among capitals."""
    digits = sum(c.isdigit() for c in name)
    coded = digits > 1 or (digits == 1 and not any(c.islower() for c in name))
    return bool(_HEADING.search(name)) or (" " not in name and coded)


def _head(product: str) -> str:
    """Capitalised words that lead a product name, up to the first plain word or code; at most three."""
    words: list[str] = []
    if led := re.match(r"([a-z]{4,}) (?=[A-Z])", product):
        return "" if plain(led[1]) else led[1]
    for word in _UNNAMED.sub("", product).split():
        bare = word.strip(',.;:"“”')
        low = bare.casefold().removesuffix("'s")
        if not bare or not (bare[0].isupper() or any(c.isupper() for c in bare)) or low in plain_words():
            if words or not bare[:1].isupper():
                break
            return ""
        if any(c.isdigit() for c in bare) and words:
            break
        words.append(bare.removesuffix("'s").removesuffix("-brand").removesuffix("-branded"))
        if word.endswith(",") or len(words) == 3:
            break
    while len(words) > 1 and words[-1].casefold() in (
        "kids",
        "baby",
        "usb-c",
        "wireless",
        "mini",
        "first",
        "and",
        "&",
        "the",
    ):
        words.pop()
    if words and (words[0].isdigit() or _code(words[0]) or re.match(r"\d+-", words[0])):
        return ""
    return " ".join(words)


def printed_of(text: str, *, short: bool = False) -> list[str]:
    """What stands printed on the goods, by the notice's words; `short`: names of up to four words only."""
    found: list[str] = []
    for pattern in _PRINTED:
        for match in pattern.findall(text):
            name = " ".join(clean(match).split())
            name = re.sub(r"^(?:The|A|An|Only|All|Each|Both|This|These|And|Some)\s+", "", name)
            if name and (not short or len(name.split()) <= 4):
                found.append(name)
    return [name for name in dict.fromkeys(found) if any(c.isalpha() for c in name)]


def phrases(text: str) -> list[str]:
    """Quoted phrases of two to six words, printed on box or goods: with a capital, no model, no heading of a code."""
    found = [clean(match).strip(" .,") for match in _QUOTED.findall(text) if 2 <= len(match.split()) <= 6]
    return [text for text in found if text[:1].isupper() or text[:1].isdigit() if not _code(text)]
