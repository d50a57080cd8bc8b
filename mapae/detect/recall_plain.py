"""Plain Python that finds what kernels.recall_scan finds: its reference, slow and readable; tests hold the two together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from mapae.detect.kernels.recall_rank import BRAND, CODE, FAINT, FOREIGN, KIND, MODEL, SOUND
from mapae.detect.recall_build import hash_key
from mapae.detect.recall_entry import Mode
from mapae.detect.recall_index import RecallIndex

__all__ = ["plain_candidates"]

_LATIN = re.compile(r"[0-9a-z+]+")
_HAN = re.compile(r"[\u3000-\udfff](?: ?[\u3000-\udfff])*")
_FIELDS, _JOIN, _LONGEST = 5, 4, 10
Found = tuple[int, int, int, float]


def plain_candidates(
    index: RecallIndex, rows: Sequence[Sequence[str]], mode: Mode, extra: dict[int, list[int]] | None = None
) -> list[Found]:
    """(row, recall, flags, score) of folded cells [title, description, brand, model, category, …], best first a row."""
    found: list[Found] = []
    for number, cells in enumerate(rows):
        scored = _row(index, cells, mode, sorted((extra or {}).get(number, ())))
        best = sorted(((-score, recall, flags) for recall, (flags, score) in scored.items()))[: mode.most]
        found += [(number, recall, flags, -score) for score, recall, flags in best]
    return found


def _row(
    index: RecallIndex, cells: Sequence[str], mode: Mode, heard: Sequence[int]
) -> dict[int, tuple[int, float]]:
    (_, keys, slots, brand_at, brand_to, sound_at, sound_to, model_at, model_to, strong, word_at, word_to, _, weight, kind,
     kinds_at, kinds, coded, whole) = index.arrays  # fmt: skip
    table = {int(key): int(slot) for key, slot in zip(keys, slots, strict=True) if key}
    flags: dict[int, int] = {}
    cover: dict[int, np.float32] = {}
    shown: set[int] = set()
    seen: set[int] = set()
    foreign = False
    for field, cell in enumerate(cells[:_FIELDS]):
        foreign = foreign or (field in (0, 3) and any(map(_is_code, _LATIN.findall(cell))))
        for term in _terms(cell, table, mode.lead if field == 1 else 1 << 40):
            shown.add(int(kind[term]))
            for recall in brand_to[brand_at[term] : brand_at[term + 1]]:
                flags[int(recall)] = flags.get(int(recall), 0) | (BRAND if field in (0, 2) else FAINT)
            if term in seen:
                continue
            seen.add(term)
            for recall in model_to[model_at[term] : model_at[term + 1]]:
                flags[int(recall)] = flags.get(int(recall), 0) | (CODE if strong[term] else MODEL)
            posts = word_to[word_at[term] : word_at[term + 1]]
            for recall in posts if len(posts) <= mode.cap else ():
                flags.setdefault(int(recall), 0)
                cover[int(recall)] = np.float32(cover.get(int(recall), np.float32(0)) + weight[term])
    for term in heard:
        for recall in sound_to[sound_at[term] : sound_at[term + 1]]:
            flags[int(recall)] = flags.get(int(recall), 0) | SOUND
    latin = not any("\u3400" <= char <= "\udfff" for char in cells[0])
    scored = {}
    for recall, mark in flags.items():
        if any(int(k) in shown for k in kinds[kinds_at[recall] : kinds_at[recall + 1]]):
            mark |= KIND
        if foreign and coded[recall] & 1:
            mark |= FOREIGN
        share = min(np.float32(1), np.float32(cover.get(recall, np.float32(0)) / whole[recall]))
        score = _worth(mark, share, int(coded[recall]), latin, mode.high)
        if score >= mode.least:
            scored[recall] = (mark, float(score))
    return scored


def _is_code(word: str) -> bool:
    digits = sum("+" <= char <= "9" for char in word)
    return 0 < digits < len(word) >= 4 and word[0].isalpha()


def _terms(cell: str, table: dict[int, int], lead: int) -> Iterator[int]:
    words = [(m.group(), m.start(), m.end()) for m in _LATIN.finditer(cell)]
    for at in range(len(words)):
        joined, late = "", len(cell[: words[at][1]].encode()) >= lead
        yield from (term for head in _heads(words[at][0]) if (term := table.get(hash_key(head))) is not None)
        for to in range(at, min(len(words), at + _JOIN)):
            if to > at and not _together(cell, *words[to - 1], words[to][1]):
                break
            joined += words[to][0]
            if late and not (_numbered(joined) and any(_numbered(word[0]) for word in words[at : at + 2])):
                continue
            if len(joined) >= 2 and (term := table.get(hash_key(joined))) is not None:
                yield term
    for run in _HAN.findall(cell.encode()[:lead].decode(errors="ignore")):
        bare = run.replace(" ", "")
        for at in range(len(bare)):
            for to in range(at + 2, min(len(bare), at + _LONGEST) + 1):
                if (term := table.get(hash_key(bare[at:to]))) is not None:
                    yield term


def _numbered(word: str) -> bool:
    return any("0" <= char <= "9" or char == "+" for char in word)


def _heads(word: str) -> list[str]:
    """Beginnings of a word with a digit that hold letters and digits, up to four signs shorter than the word."""
    found = [word[:size] for size in range(max(5, len(word) - 4), len(word))] if _numbered(word) else []
    return [
        head
        for head in found
        if any("+" <= c <= "9" for c in head) and not all("+" <= c <= "9" for c in head)
    ]


def _together(cell: str, word: str, _: int, end: int, start: int) -> bool:
    between = cell[end:start]
    if between == ". " and word.isalpha() and len(word) <= 3:
        return True
    if len(between.encode()) > 2 or (between and not (between[0].isascii() and between[-1].isascii())):
        return False
    return len(between) < 2 or not any(char in ".,:;" for char in (between[0], between[-1]))


def _worth(flags: int, cover: np.float32, marks: int, latin: bool, high: bool) -> np.float32:
    named, kind, code, model = flags & (BRAND | FAINT | SOUND), flags & KIND, flags & CODE, flags & MODEL
    score = cover
    score = np.float32(score + np.float32(1.0 if flags & BRAND else 0.6 if named else 0.0))
    score = np.float32(score + np.float32(1.5 if code else 0.8 if model else 0.0))
    score = np.float32(score + np.float32(0.7 if kind else 0.0))
    return score if high or _holds(flags, cover, marks, latin) else np.float32(0)


def _holds(flags: int, cover: np.float32, marks: int, latin: bool) -> bool:
    named, told, kind = flags & (BRAND | FAINT | SOUND), flags & (BRAND | SOUND), flags & KIND
    if flags & CODE:
        return bool(named or kind or cover >= 0.3)
    if flags & MODEL and named:
        return True
    if flags & FOREIGN:
        return False
    least = 0.2 if told and kind else 0.7
    if marks & 16 and latin and cover < least and not (flags & MODEL and kind and cover >= 0.3):
        return False
    lined = marks & 4 and latin and cover <= 0
    return bool(
        (flags & MODEL and kind and cover >= 0.3)
        or (named and kind and not lined and (told or cover >= 0.3))
        or (cover >= 0.5 and (flags & BRAND or (marks & 2 and kind)))
    )


def plain_bears(cell: str, codes: Sequence[str]) -> bool:
    """Whether a folded code begins at a word of a folded cell, gaps of up to eight bytes left out."""
    words = [(m.group(), m.start(), m.end()) for m in _LATIN.finditer(cell)]
    for at in range(len(words)):
        joined, end = "", words[at][1]
        for word, start, stop in words[at:]:
            if len(cell[end:start].encode()) > 8:
                break
            joined, end = joined + word, stop
        if any(joined.startswith(code) for code in codes):
            return True
    return False


def plain_shows_code(text: str) -> bool:
    """Whether an original cell shows a model code by its looks: a letter and digits, four signs or more; or five digits."""
    for token in re.findall(r"[A-Za-z0-9](?:[A-Za-z0-9+]|[-./_](?=[A-Za-z0-9]))*", text):
        bare = re.sub(r"[-./_]", "", token)
        if len(bare) >= 4 and re.match(r"[A-Za-z]", bare) and re.search("[0-9]", bare):
            return True
        if re.fullmatch("[0-9]{5,}", token):
            return True
    return False
