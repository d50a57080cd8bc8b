"""Words of notices, and the firms that their titles name as recalling, importing or making."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["RECALLS", "clean", "firm_of", "plain", "plain_words", "tables"]

_HERE = Path(__file__).parent
RECALLS = re.compile(
    r"^(?P<who>.*?)\s+(?:Voluntarily\s+|Re-?announces?\s+(?:Recall of\s+)?|Expands?\s+(?:Recall (?:of|to)\s+)?|Issues?\s+)?"
    r"(?:Recalls?|Reannounces|Expands|Recalled)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:Recalled|Manufactured|Imported|Distributed|Made|Sold|Exclusively|Import|"
    r"Sold Exclusively Online)\s+(?:\w+\s+)?by\s+"
    r"(?P<who>[A-Z0-9][^;,]*?)(?=\s+(?:Due|Sold|Caught|on\b|for\b)|[;,(]|$)"
)
_FORM = frozenset(
    "inc inc. llc ltd ltd. limited co co. corp corp. corporation company gmbh the usa us america americas international "
    "group trading distribution distributing industries products holdings technology technologies store enterprises import "
    "imports manufacturing equipment e-commerce apparel marketing shenzhen guangdong hangzhou ningbo".split()
)  # words that tell a firm's form, trade or place and stand on no goods
_NEWS = re.compile(r"\b(?:CPSC|Prompts?|Warns?|Following|Announces?|Settle|Consumers|Recalling)\b")
_MARKS = re.compile(r"[®™©]|\(.*?\)|(?<![A-Z0-9])TM\b|(?<=[A-Z]{4})TM\b")


@cache
def tables() -> dict[str, Any]:
    """The words of cpsc.yaml."""
    loaded: dict[str, Any] = yaml.load((_HERE / "cpsc.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


@cache
def plain_words() -> frozenset[str]:
    """Words that notices use in small letters."""
    lines = (_HERE / "cpsc_plain.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def clean(text: str) -> str:
    """Without marks, brackets and doubled spaces."""
    return " ".join(_MARKS.sub(" ", text).replace("’", "'").split())


def firm_of(title: str) -> list[str]:
    """Firms that the title names as recalling, importing or making; company words at the end dropped."""
    title = clean(title)
    found = []
    if (match := RECALLS.match(title)) and not re.search(r"\bRecalled\b", match[0]):
        found.append(match["who"])
    found += [match["who"] for match in _BY.finditer(title)]
    found += re.findall(
        r"\bSold (?:Exclusively )?(?:Online )?(?:on|at|via) [\w.' ]+? by ([A-Z0-9][^;,]*)", title
    )
    names = [name for firm in found for name in (_short(firm), _whole(firm)) if name]
    return list(dict.fromkeys(names))


def _whole(firm: str) -> str:
    """A firm's name of two or three words but for its form (`Manhattan Toy`), also one of plain words (`The North Face`)."""
    words = [word for word in firm.split() if word.strip(",").casefold() not in _FORM]
    long = len(words) > 3 or len(firm) > 40 or _NEWS.search(firm) or not firm[:1].isupper()
    return "" if long or (len(words) == 1 and not plain(words[0])) else " ".join(words).strip(",. ")


def _short(firm: str) -> str:
    words = re.sub(
        r"^(?:U\.?S\.? )?CPSC(?:,| and|/)\s+|\s+(?:Announces?|Voluntarily|Agrees? to)$", "", firm
    ).split()
    drop = set(tables()["firm_words"])
    while len(words) > 1 and words[-1].strip(".,").casefold() in drop:
        words.pop()
    while len(words) > 1 and words[0].casefold() in (
        "the",
        "more",
        "about",
        "over",
        "shenzhen",
        "guangdong",
        "hangzhou",
        "ningbo",
    ):
        words.pop(0)
    name = " ".join(words).strip(",. ")
    return name if 1 < len(name) <= 40 and not plain(name) else ""


def plain(name: str) -> bool:
    """Whether every word of a name is one that notices use in small letters, or has no letter."""
    return all(word.strip(",.'").casefold().removesuffix("'s") in plain_words() or not any(c.isalpha() for c in word)
               for word in name.split())  # fmt: skip
