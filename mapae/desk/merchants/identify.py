"""What in a text could tell a platform who wrote it: marked for the officer, cut from everything that is disclosed.

Cut too much rather than too little: a platform knows its payments to the won and its events to the day, so that an exact sum
or day names a merchant as well as a name does. The text given out has one sign for whatever was cut, so that not even its
length tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mapae.desk.helpline.masking import PATTERNS
from mapae.desk.law import book
from mapae.sources.fetch.site import site_of
from mapae.text.names.aliases import name_key

__all__ = ["CUT", "Mark", "cut", "kinds", "marks", "platform_alone"]

CUT = "▒▒▒"
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[^\s/@]*@)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_GAP = r"[\s\W_]{0,3}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text (code points) and its kind, a key of kinds()."""

    start: int
    end: int
    kind: str

    def plain(self, text: str) -> dict[str, Any]:
        """As pages mark it."""
        return {"field": "text", "start": self.start, "end": self.end, "seen": text[self.start : self.end]}


def marks(text: str, known: Iterable[str] = (), *, ruled: bool = True) -> list[Mark]:
    """Everything that could identify, in order, without overlaps. known: words that name the merchant; ruled: also what the
    pack's rules find."""
    rows = sorted(
        [*_known(text, known), *(_ruled(text) if ruled else ())], key=lambda each: (each.start, -each.end)
    )
    found: list[Mark] = []
    for row in rows:
        if found and row.start < found[-1].end:
            last = found[-1]
            found[-1] = Mark(last.start, max(last.end, row.end), last.kind)
        else:
            found.append(row)
    return found


def cut(text: str, known: Iterable[str] = (), *, ruled: bool = True) -> str:
    """The text with one sign for each thing that could identify; what stands side by side becomes one."""
    parts, at = [], 0
    for mark in marks(text, known, ruled=ruled):
        parts += [text[at : mark.start], CUT]
        at = mark.end
    joined = "".join([*parts, text[at:]])
    return re.sub(rf"{CUT}(?:\s*{CUT})+", CUT, joined)


def platform_alone(told: str, known: Iterable[str] = ()) -> str:
    """What was typed as the platform, without what it tells of the merchant: of an address the site remains, since its path
    or the name before the site is the merchant's shop; of a mailbox nothing. Rules for names of shops are not asked: a
    platform may be called so."""
    plain = _ADDRESS.sub(lambda found: CUT if "@" in found[0] else site_of(found[1].lower()), told)
    return cut(plain, known, ruled=False).strip()


def _known(text: str, known: Iterable[str]) -> Iterator[Mark]:
    """Each known word however it is spaced, cased or joined; contacts also by their digits."""
    for word in known:
        letters = [char for char in word.strip() if char.isalnum()]
        if len(letters) >= 2 and name_key(word):
            for hit in re.finditer(_GAP.join(map(re.escape, letters)), text, re.IGNORECASE):
                yield Mark(hit.start(), hit.end(), "known")


def _ruled(text: str) -> Iterator[Mark]:
    for kind, pattern in _rules():
        for hit in pattern.finditer(text):
            if hit.end() > hit.start():
                yield Mark(hit.start(), hit.end(), kind)


def kinds() -> dict[str, dict[str, str]]:
    """What a mark can be, in words."""
    found: dict[str, dict[str, str]] = book().pack.data("merchants/identify.yaml")["kinds"]
    return found


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    own = [(row["is"], row["pattern"]) for row in book().pack.data("merchants/identify.yaml")["rules"]]
    return tuple((kind, re.compile(rule)) for kind, rule in (*own, *(("person", each) for each in PATTERNS)))
