"""Why two listings were linked, in plain words with spans in the left title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import numpy as np

from mapae.detect.linking import Links
from mapae.model.finding import Reason
from mapae.text.fold import fold_words

__all__ = ["pair_reasons"]

_WORD = re.compile(r"[^\W_]+(?:[-/.'][^\W_]+)*")
_SHOWN = 3  # shared words of a pair that are named
_LEAST = 2  # characters of a run shared inside longer words


def pair_reasons(links: Links, place: int, left: str | None, right: str | None) -> list[Reason]:
    """Reasons of the pair at `place`: shared words, likeness, rivals, price, and what speaks against it.

    left, right: the titles as they stand in the files.
    """
    evidence = links.evidence
    found = list(_shared(left or "", right or ""))
    likeness = (
        f"titles {evidence.title[place]:.2f} alike, whole records {evidence.whole[place]:.2f}; "
        f"{links.margin[place]:.2f} after rivals, {links.threshold:.2f} is needed"
    )
    if links.twin[place]:
        likeness = f"nearly as like as the listing that was linked first: {evidence.base[place]:.2f} alike"
    found.append(_plain("title", right or "", likeness, float(evidence.base[place])))
    if not np.isnan(evidence.price[place]):
        times = float(np.exp(evidence.price[place]))
        found.append(_plain("price", "", f"the prices differ {times:.2f} times", 1 / times))
    if evidence.gtin[place]:
        same = evidence.gtin[place] > 0
        found.append(
            _plain(
                "gtin", "", "the same GTIN" if same else "another GTIN, which counts against it", float(same)
            )
        )
    if evidence.clash[place]:
        found.append(
            _plain("title", "", "each title has a number that the other lacks, which counts against it", 0.0)
        )
    return found


def _plain(field: str, matched: str, detail: str, score: float) -> Reason:
    return Reason(field, 0, 0, "", matched, detail, round(min(1.0, max(0.0, score)), 3))


def _shared(left: str, right: str) -> Iterator[Reason]:
    """The words of the left title that tell most and that the right title has too; else the longest run in both."""
    theirs = {_key(match[0]): match[0] for match in _WORD.finditer(right)}
    common = [match for match in _WORD.finditer(left) if _key(match[0]) in theirs]
    for match in sorted(common, key=_telling)[:_SHOWN]:
        kind = "code" if _is_code(match[0]) else "word"
        yield Reason(
            "title", *match.span(), match[0], theirs[_key(match[0])], f"the same {kind} in both titles"
        )
    if not common:
        run = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False).find_longest_match()
        seen = left[run.a : run.a + run.size] if len(left) == len(left.casefold()) else ""
        if len(seen.strip()) >= _LEAST:
            yield Reason(
                "title",
                run.a,
                run.a + run.size,
                seen,
                right[run.b : run.b + run.size],
                "the same run of letters",
            )


def _key(word: str) -> str:
    return re.sub(r"[-/.']", "", fold_words(word))


def _is_code(word: str) -> bool:
    return len(word) > 3 and any(char.isdigit() for char in word)


def _telling(match: re.Match[str]) -> tuple[bool, int, int]:
    return (not _is_code(match[0]), -len(match[0]), match.start())
