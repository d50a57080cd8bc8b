"""What a listing's text says of the KC mark: a number, a bare claim, its absence, a purchase agent's notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Marks", "Said", "Saying", "read_mark"]

Saying = Literal["number", "absent", "evaded", "bare", "agency", "notice", "nothing"]
# what follows a claim as its number, well-formed or not
_REST = re.compile(r"(?:[\s:：#(（\[]{0,3}(?:번호)?[\s:：#]{0,3}[A-Za-z0-9\-]{4,})?")


@dataclass(frozen=True, slots=True)
class Said:
    """A saying and its place: column, code points, the text there."""

    saying: Saying
    field: str = ""
    start: int = 0
    end: int = 0
    seen: str = ""


# shapes as RE2 is to read them, wider than Python does and quick to compile: every sign outside ASCII is both
_WIDER = {r"\b": "", r"\d": r"[^\x00-/:-\x7f]", "[A-Z]": r"[^\x00-@]"}


@dataclass(frozen=True)
class Marks:
    """The patterns of marks, compiled once. numbers: certificate and chemical; said: what listings say instead of one."""

    numbers: dict[str, re.Pattern[str]]
    said: dict[str, re.Pattern[str]]

    @classmethod
    def of(cls, words: dict[str, Any]) -> Marks:
        """From the pack's `lexicons/kc.yaml`."""
        numbers = {key: re.compile(shape, re.I) for key, shape in words["numbers"].items()}
        return cls(numbers, {key: _any_of(found) for key, found in words["said"].items()})

    @cached_property
    def _any(self) -> str:
        """One pattern for whole columns that finds at least what the others find."""
        shapes = [pattern.pattern for pattern in self.numbers.values()]
        for narrow, wide in _WIDER.items():
            shapes = [shape.replace(narrow, wide) for shape in shapes]
        return "|".join([*shapes, *(pattern.pattern for pattern in self.said.values())])

    def may_speak(self, columns: list[pa.Array]) -> npt.NDArray[np.bool_]:
        """Rows in which a cell may say something of the mark; of the others `read_mark` says `nothing`."""
        cells = pc.binary_join_element_wise(*columns, "\n", null_handling="replace", null_replacement="")
        return np.asarray(pc.match_substring_regex(cells, self._any, ignore_case=True))


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Any of these words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.I)


def read_mark(texts: dict[str, str], marks: Marks, chemical: bool) -> tuple[Said, ...]:
    """What the cells say, the weightiest first; a single `nothing` where they are silent.

    A well-formed number settles the mark. `chemical`: the number of a household chemical is looked for too.
    """
    found = list(_sayings(texts, marks, chemical))
    order: tuple[Saying, ...] = ("number", "absent", "evaded", "bare", "notice", "agency")
    return tuple(sorted(found, key=lambda item: order.index(item.saying))) or (Said("nothing"),)


def _sayings(texts: dict[str, str], marks: Marks, chemical: bool) -> Iterator[Said]:
    shapes = [marks.numbers["certificate"], *([marks.numbers["chemical"]] if chemical else [])]
    for field, text in texts.items():
        for shape in shapes:
            yield from (Said("number", field, *m.span(), m[0]) for m in shape.finditer(text))
        for key in ("absent", "evaded", "notice", "agency"):
            match = marks.said[key].search(text)
            if match:
                yield Said(key, field, *match.span(), match[0])
        claim = marks.said["declared"].search(text)
        if claim and not any(marks.said[key].match(text, claim.start()) for key in ("absent", "notice")):
            rest = _REST.match(text, claim.end())
            end = rest.end() if rest else claim.end()
            yield Said("bare", field, claim.start(), end, text[claim.start() : end])
