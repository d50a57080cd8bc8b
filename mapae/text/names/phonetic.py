"""How alike two spellings sound across Hangul and Latin letters: sounds in coarse classes, aligned with costs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "drop_cost",
    "letter_name",
    "likeness",
    "opening_cost",
    "sound_weight",
    "sounds",
    "spelled_out",
    "swap_cost",
]

_ONSET = "KKNTTLMPPSS.JJJKTPH"
_VOWEL = [
    "a",
    "e",
    "ia",
    "ie",
    "@",
    "e",
    "i@",
    "ie",
    "o",
    "ua",
    "ue",
    "ue",
    "io",
    "u",
    "u@",
    "ue",
    "ui",
    "u",
    "-",
    "i",
    "i",
]
_CODA = ["", "K", "K", "K", "N", "N", "N", "T", "L", "LK", "LM", "L", "L", "L", "L", "L", "M", "P", "P", "S", "S", "Q",
         "T", "T", "K", "T", "P", "T"]  # fmt: skip
# Latin letters to sounds, longest first; case matters in the result only (capitals are consonants).
_LATIN = [
    ("tion", "S@N"), ("sion", "S@N"), ("sch", "S"), ("tch", "J"), ("que", "K"), ("eau", "o"), ("igh", "ai"),
    ("ph", "P"), ("ck", "K"), ("ch", "J"), ("sh", "S"), ("th", "S"), ("gh", "K"), ("kn", "N"), ("wr", "L"), ("qu", "Ku"),
    ("ng", "Q"), ("nk", "QK"), ("oo", "u"), ("ee", "i"), ("ea", "i"), ("ou", "u"), ("au", "o"), ("ai", "ei"), ("ay", "ei"),
    ("ey", "i"), ("ie", "i"), ("oa", "o"), ("ue", "u"), ("ew", "u"), ("aw", "o"), ("ow", "o"), ("oe", "o"), ("ci", "Si"),
    ("ce", "Se"), ("cy", "Si"), ("ge", "Je"), ("gi", "Ji"), ("b", "P"), ("p", "P"), ("f", "P"), ("v", "P"), ("c", "K"),
    ("k", "K"), ("g", "K"), ("q", "K"), ("d", "T"), ("t", "T"), ("s", "S"), ("z", "J"), ("j", "J"), ("m", "M"), ("n", "N"),
    ("l", "L"), ("r", "R"), ("h", "H"), ("x", "KS"), ("w", "u"), ("y", "i"), ("a", "a"), ("e", "e"), ("i", "i"), ("o", "o"),
    ("u", "u"),
]  # fmt: skip
_TOKEN = re.compile("|".join(re.escape(spelling) for spelling, _ in _LATIN))
_SOUND = dict(_LATIN)
_NEAR = {
    frozenset(pair): cost
    for pair, cost in {
        "SJ": 0.3, "ST": 0.4, "JT": 0.5, "JK": 0.4, "NQ": 0.15, "NM": 0.6, "LR": 0.0, "QK": 0.6, "PH": 0.6, "KH": 0.5,
        "ae": 0.1, "a@": 0.1, "o@": 0.1, "u@": 0.1, "e@": 0.1, "i@": 0.25, "ei": 0.15, "ou": 0.15, "ao": 0.15, "au": 0.15,
        "iu": 0.3, "-u": 0.1, "-i": 0.15, "-e": 0.1, "-o": 0.15, "-@": 0.05, "-a": 0.2,
    }.items()
}  # fmt: skip
_DROP = {"R": 0.12, "H": 0.25, "-": 0.03, "e": 0.2, "@": 0.25, ".": 0.0}
_CONSONANT_SWAP, _VOWEL_SWAP, _CONSONANT_DROP, _VOWEL_DROP = 1.0, 0.35, 1.0, 0.3
_LETTER_NAMES = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 "
    "엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 지").split(), strict=True))  # fmt: skip


def letter_name(letter: str) -> str:
    """How a Latin letter is said in Korean."""
    return _LETTER_NAMES[letter]


@lru_cache(maxsize=65_536)
def sounds(text: str) -> str:
    """The sounds of a word in Hangul or Latin letters, a character a sound: capitals consonants, `-` weak, `@` eo."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char) or "\u1100" <= char <= "\u11ff")
    found: list[str] = []
    for run in re.findall(r"[가-힣]+|[a-z]+", unicodedata.normalize("NFC", plain)):
        found.append(_hangul(run) if "가" <= run[0] <= "힣" else _latin(run))
    return _settle("".join(found))


def _hangul(run: str) -> str:
    parts = []
    for char in run:
        code = ord(char) - 0xAC00
        onset = _ONSET[code // 588]
        parts.append((onset if onset != "." else "") + _VOWEL[code % 588 // 28] + _CODA[code % 28])
    return "".join(parts)


def _latin(run: str) -> str:
    run = re.sub(r"(.)\1+", lambda m: m[0] if m[1] in "oe" else m[1], run)
    if len(run) > 4:
        run = re.sub(r"ce$", "s", re.sub(r"ge$", "j", run))
        run = re.sub(r"(?<=[bdfhjklmnpqrstvwxz])e$", "", run)
    return "".join(_SOUND[token] for token in _TOKEN.findall(run))


def _settle(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    near = _NEAR.get(frozenset((a, b)))
    if near is not None:
        return near
    if a.isupper() and b.isupper():
        return _CONSONANT_SWAP
    return _VOWEL_SWAP if not a.isupper() and not b.isupper() else 1.3


def _drop(a: str) -> float:
    return _DROP.get(a, _CONSONANT_DROP if a.isupper() else _VOWEL_DROP)


@lru_cache(maxsize=65_536)
def likeness(a: str, b: str) -> float:
    """0–1: one minus the cheapest alignment of the two words' sounds over the longer's weight (Needleman–Wunsch 1970)."""
    left, right = sounds(a), sounds(b)
    if not left or not right:
        return 0.0
    row = [0.0]
    for char in right:
        row.append(row[-1] + _drop(char))
    for char in left:
        above = row
        row = [above[0] + _drop(char)]
        for j, other in enumerate(right, 1):
            row.append(min(above[j - 1] + _swap(char, other), above[j] + _drop(char), row[-1] + _drop(other)))
    weight = max(_weight(left), _weight(right))
    return max(0.0, 1.0 - row[-1] / weight - _opening(left[0], right[0]))


def _opening(a: str, b: str) -> float:
    """What another first sound costs more: people hear the beginning of a name best."""
    if a == b or "H" in (a, b):
        return 0.0
    if a.isupper() and b.isupper():
        near = _NEAR.get(frozenset((a, b)), 1.0)
        return 0.1 if near == 1.0 else 0.06 if near >= 0.5 else 0.0
    return 0.1 if a.isupper() != b.isupper() else 0.0


def _weight(text: str) -> float:
    return sum(1.0 if char.isupper() else 0.4 for char in text)


def swap_cost(a: str, b: str) -> float:
    """What hearing one sound for another costs in `likeness`."""
    return _swap(a, b)


def opening_cost(a: str, b: str) -> float:
    """What two names that begin with these sounds lose in `likeness`."""
    return _opening(a, b)


def drop_cost(a: str) -> float:
    """What leaving a sound out costs in `likeness`."""
    return _drop(a)


def sound_weight(a: str) -> float:
    """What a sound adds to a word's weight in `likeness`."""
    return _weight(a)


def spelled_out(word: str) -> tuple[str, ...]:
    """Hangul readings of a Latin word some of whose letters are said one by one (COSRX → kos + 알엑스)."""
    plain = "".join(char for char in word.casefold() if "a" <= char <= "z")
    if not 2 <= len(plain) <= 10:
        return ()
    names = [_LETTER_NAMES[char] for char in plain]
    ends = [plain[:cut] + "".join(names[cut:]) for cut in range(len(plain)) if len(plain) - cut <= 5]
    heads = ["".join(names[:cut]) + plain[cut:] for cut in range(1, min(4, len(plain)))]
    return tuple(dict.fromkeys([*ends, *heads]))
