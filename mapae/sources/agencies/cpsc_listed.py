"""Models that a notice of plain product names lists by name in its first sentence (`Hopper M20 Soft Cooler and …`)."""

from __future__ import annotations

import re

from mapae.detect.recall_codes import is_measure
from mapae.sources.agencies.cpsc_firms import clean, plain_words

__all__ = ["listed_names"]

_RUN = re.compile(r"[A-Z][\w+'-]*(?: (?:[A-Z][\w+'-]*|[0-9][\w+'-]*(?![\w.])))*")
_END = re.compile(r"[.;]\s+(?=[A-Z\"“])|$")
_NO_NAME = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*|UPCs?|SKUs?|ASIN|NET|WT|OZ|Models?|Series|Size|Vitamin|Gen|Serial|Numbers?|Lot|"
    r"Color|Description|Code",
    re.IGNORECASE,
)
_LEAST = 2  # names that make a list
_MOST = 40


def listed_names(text: str, products: list[str], brands: list[str]) -> list[str]:
    """Names of models, without brand and words of goods; none where a product name itself tells the goods from others."""
    plain = set(re.findall(r"\b[a-z][a-z-]+", text)) | {
        word.casefold() for word in re.findall(r"\w+", " ".join(products))
    }
    makers = {word for brand in brands for word in clean(brand).casefold().split()}
    own = re.findall(r"[A-Za-z][\w-]*", clean(" ".join(products)))
    if any(not _plain(word, plain) and word.casefold() not in makers for word in own):
        return []
    stop = _END.search(text)
    runs = _RUN.findall(clean(text[: stop.start() if stop else None]))
    found = list(dict.fromkeys(name for run in runs if (name := _name(run.split(), plain, makers))))
    coded = [
        word
        for name in found
        for word in name.split()
        if _coded(word) and len(word) >= 3 and not is_measure(word)
    ]
    return list(dict.fromkeys([*found, *coded]))[:_MOST] if len(found) >= _LEAST else []


def _name(words: list[str], plain: set[str], makers: set[str]) -> str:
    """The words of a run from behind the brand to its code, or to its last word that is none of goods."""
    while words and (words[0].casefold() in makers or words[0] in ("This", "The", "All")):
        words = words[1:]
    at = next((number for number, word in enumerate(words) if _coded(word)), None)
    words = words if at is None else words[: at + 1]
    while words and _plain(words[-1], plain):
        words = words[:-1]
    telling = [word for word in words if word.casefold() not in plain_words() and not word.isdigit()]
    name = " ".join(words)
    return name if telling and len(words) > 1 and not any(map(_heading, words)) else ""


def _heading(word: str) -> bool:
    """A month, a heading of numbers, or a measure: what stands with it is no name."""
    return bool(_NO_NAME.fullmatch(word)) or (is_measure(word) and word.isalnum() and not word.isdigit())


def _plain(word: str, plain: set[str]) -> bool:
    low = word.casefold()
    return bool({low, f"{low}s", low.removesuffix("s")} & plain)


def _coded(word: str) -> bool:
    return any(char.isdigit() for char in word) and any(char.isalpha() for char in word)
