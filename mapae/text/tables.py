"""What every character becomes, derived from Unicode data: one table of code points for both channels."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import icu
import numpy as np
import numpy.typing as npt
import opencc

from mapae.settings import cache_folder

__all__ = ["COMPAT_OF", "DIGIT_HANGUL", "KIND", "LEET", "REMOVED", "SPACE", "Tables", "kind_of", "tables"]

# kinds of a folded character
KIND = {"other": 0, "latin": 1, "digit": 2, "hangul": 3, "han": 4, "jamo": 5, "space": 6, "kana": 7}
REMOVED, SPACE = -1, 32
# leet classes: every member becomes the class's letter in the squeezed channel
LEET = {
    "l": "i",
    "1": "i",
    "|": "i",
    "!": "i",
    "0": "o",
    "5": "s",
    "$": "s",
    "4": "a",
    "@": "a",
    "3": "e",
    "7": "t",
    "¡": "i",
    "¢": "c",
    "£": "i",
    "¥": "y",
    "§": "s",
    "€": "e",
}
SYMBOL_LEET = (
    "|!$@¡¢£¥§€"  # read as letters only between two Latin letters; each has one byte in Windows-1252
)
# a digit before or between Hangul, said aloud (나1키, 다2슨, 9찌)
DIGIT_HANGUL = dict(zip("0123456789", "공이이삼사오육칠팔구", strict=True))
# conjoining jamo → compatibility jamo
_L = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_V = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_T = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
COMPAT_OF = {
    **{
        ord(unicodedata.normalize("NFKC", chr(code))): chr(code)
        for code in range(0x3131, 0x318F)
        if code != 0x3164
    },
    **{0x1100 + i: char for i, char in enumerate(_L)},
    **{0x1161 + i: char for i, char in enumerate(_V)},
    **{0x11A8 + i: char for i, char in enumerate(_T)},
}
_OWN = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]  # of the rules as they were loaded
_FILLERS = {0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800}
# scripts whose letters may pose as Latin ones
_POSING = {
    "Cyrillic",
    "Greek",
    "Armenian",
    "Cherokee",
    "Lisu",
    "Coptic",
    "Deseret",
    "Canadian_Aboriginal",
    "Osage",
    "Georgian",
}


@dataclass(frozen=True)
class Tables:
    """index[cp] → place in pool (−1 stays as it is, −2 removed); size[cp] characters there; changed[cp] 1 where disguised.

    kind[cp] of a folded character; leet[byte] of a sign in Windows-1252.
    """

    index: npt.NDArray[np.int32]
    size: npt.NDArray[np.uint8]
    changed: npt.NDArray[np.uint8]
    pool: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    leet: npt.NDArray[np.uint8]

    @cached_property
    def quick(self) -> npt.NDArray[np.int32]:
        """For each code point that becomes one character: that one, its kind << 21, changed << 24; else changed << 24 and
        the sign bit."""
        codes = np.arange(len(self.index), dtype=np.int32)
        single = (self.index >= 0) & (self.size == 1)
        target = np.where(single, self.pool[np.where(single, self.index, 0)], codes)
        found = target | self.kind[target].astype(np.int32) << 21
        sign = np.int32(-(1 << 31))
        found = np.where(single | (self.index == -1), found, sign)
        return np.asarray(found | self.changed.astype(np.int32) << 24, np.int32)

    @property
    def arrays(self) -> tuple[npt.NDArray[Any], ...]:
        """As the kernel takes them."""
        return self.quick, self.index, self.size, self.pool, self.kind, self.leet

    def fold(self, char: str) -> str:
        """What one character becomes in the fold channel (empty where it is taken out)."""
        code = ord(char)
        place = int(self.index[code])
        if place == -1:
            return char
        return "" if place == -2 else "".join(map(chr, self.pool[place : place + int(self.size[code])]))


def kind_of(char: str) -> int:
    """The kind of a folded character."""
    code = ord(char)
    if char == " ":
        return KIND["space"]
    if "a" <= char <= "z":
        return KIND["latin"]
    if "0" <= char <= "9":
        return KIND["digit"]
    if 0xAC00 <= code <= 0xD7A3:
        return KIND["hangul"]
    if 0x3131 <= code <= 0x318E:
        return KIND["jamo"]
    if 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF or 0xF900 <= code <= 0xFAFF or code == 0x3005:
        return KIND["han"]
    if 0x3041 <= code <= 0x30FF:
        return KIND["kana"]
    return KIND["latin"] if char.isalnum() else KIND["other"]


@cache
def tables() -> Tables:
    """The tables, built from Unicode data once a machine (0.6 s) and kept in the cache folder."""
    kept = cache_folder() / f"fold-{unicodedata.unidata_version}-{icu.ICU_VERSION}-{_OWN}.npz"
    if kept.is_file():
        try:
            with np.load(kept) as found:
                return Tables(*(found[name] for name in ("index", "size", "changed", "pool", "kind", "leet")))
        except (OSError, ValueError, KeyError):
            kept.unlink(missing_ok=True)
    built = _build()
    _keep(built, kept)
    return built


def _keep(built: Tables, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.npz")
        np.savez_compressed(
            part,
            index=built.index,
            size=built.size,
            changed=built.changed,
            pool=built.pool,
            kind=built.kind,
            leet=built.leet,
        )
        part.replace(path)
    except OSError:  # a read-only home: build again next time
        return


def _build() -> Tables:
    count = 0x110000
    index, size = np.full(count, -1, np.int32), np.zeros(count, np.uint8)
    changed, kind = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    pool: list[int] = []
    simplified = _simplified()
    posing = _posing()
    for code in _assigned():
        char = chr(code)
        folded, other = _fold_char(char, code, simplified, posing)
        if folded == char:
            continue
        changed[code] = other
        if not folded:
            index[code] = -2
            continue
        index[code], size[code] = len(pool), len(folded)
        pool += map(ord, folded)
    for code in _assigned():
        kind[code] = kind_of(chr(code))
    leet = np.arange(256, dtype=np.uint8)
    for char, letter in LEET.items():
        leet[char.encode("cp1252")[0]] = ord(letter)
    return Tables(index, size, changed, np.asarray(pool, np.int32), kind, leet)


def _assigned() -> list[int]:
    ranges = [(0, 0xD800), (0xE000, 0x20000), (0x20000, 0x323B0), (0xE0000, 0xE01F0)]
    return [
        code for low, high in ranges for code in range(low, high) if unicodedata.category(chr(code)) != "Cn"
    ]


def _fold_char(char: str, code: int, simplified: dict[str, str], posing: dict[int, str]) -> tuple[str, int]:
    """(what the character becomes, 1 where that undoes a disguise)."""
    if code in COMPAT_OF:
        return COMPAT_OF[code], 0
    if 0xAC00 <= code <= 0xD7A3 or (0x3131 <= code <= 0x318E and code not in _FILLERS):
        return char, 0
    category = unicodedata.category(char)
    if code in _FILLERS or category in ("Zs", "Zl", "Zp") or char in "\t\n\r\v\f\x85":
        return " ", 0
    if category in ("Mn", "Me", "Cf", "Cc", "Cs", "Co"):
        return "", int(category in ("Cf", "Me"))
    if code in posing:
        return posing[code], 1
    if 0x1F1E6 <= code <= 0x1F1FF:
        return chr(code - 0x1F1E6 + 97), 1
    if 0x1F150 <= code <= 0x1F189 and (code - 0x1F150) % 32 < 26:
        return chr((code - 0x1F150) % 32 + 97), 1
    plain, posed = _settled(char, simplified, posing)
    kind = unicodedata.decomposition(char).partition(" ")[0]
    fancy = kind in ("<font>", "<circle>", "<super>", "<sub>", "<square>") and plain.isascii()
    return plain, int(posed or fancy)


def _settled(char: str, simplified: dict[str, str], posing: dict[int, str]) -> tuple[str, bool]:
    """The character in its plainest form, taken further until nothing changes; whether it posed as another.

    So a text folds alike however it was normalised before, and what was folded once stays as it is.
    """
    before, plain, posed = "", char, False
    while plain != before:
        before = plain
        plain = "".join(map(_bare, unicodedata.normalize("NFKC", plain)))
        shown = "".join(posing.get(ord(part)) or _figure(part) for part in plain)
        posed = posed or shown != plain
        plain = "".join(simplified.get(part, part) for part in shown.casefold())
    return plain, posed


def _bare(char: str) -> str:
    """A character without its accents, strokes and voicing marks; a conjoining jamo as one that stands alone."""
    if char.isascii() or 0xAC00 <= ord(char) <= 0xD7A3:
        return char
    apart = unicodedata.normalize("NFD", char)
    left = "".join(part for part in apart if unicodedata.category(part) not in ("Mn", "Me"))
    return "".join(COMPAT_OF.get(ord(part)) or _STROKED.get(part, part) for part in left)


def _figure(char: str) -> str:
    """A decimal figure of any script as the one of ASCII; any other character as it is."""
    return char if char.isascii() else str(unicodedata.decimal(char, char))


_STROKED = dict(zip("øłđħŧɨƀɇɍɏıȷßæœðþ", "o l d h t i b e r y i j ss ae oe d th".split(), strict=True))


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters whose simplified form is one other character (OpenCC, character by character)."""
    convert = opencc.OpenCC("t2s").convert
    chars = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFAFF))]
    normal = [unicodedata.normalize("NFKC", char) for char in chars]
    single = convert("\n".join(normal)).split("\n")
    return {char: out for char, out in zip(chars, single, strict=True) if len(out) == 1 and out != char}


_NAMED = re.compile(
    r"LATIN (?:CAPITAL|SMALL) LETTER ([A-Z])(?: WITH .*)?$|LATIN LETTER SMALL CAPITAL ([A-Z])$"
)


@cache
def _posing() -> dict[int, str]:
    """Letters of other scripts, and Latin oddities, that ICU counts as looking like an ASCII letter (UTS 39 skeletons);
    radicals that look like a character."""
    simplified = _simplified()
    checker = icu.SpoofChecker()
    skeletons: dict[str, str] = {}
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        skeletons.setdefault(checker.getSkeleton(icu.USpoofChecks.ALL_CHECKS, letter), letter.lower())
    for letter, skeleton in (("m", "rn"), ("w", "vv"), ("i", "l"), ("l", "l"), ("o", "O")):
        skeletons[skeleton] = letter
    skeletons["l"] = "l"
    found: dict[int, str] = {}
    for code in range(0x2E80, 0x2EF4):  # radicals that stand for whole characters
        skeleton = str(checker.getSkeleton(icu.USpoofChecks.ALL_CHECKS, chr(code)))
        if len(skeleton) == 1 and skeleton != chr(code):
            found[code] = simplified.get(skeleton, skeleton)
    for code in _letters():
        char = chr(code)
        named = _NAMED.match(unicodedata.name(char, ""))
        if named:
            found[code] = (named[1] or named[2]).lower()
            continue
        for form in (char, char.lower(), char.upper()):
            if len(form) != 1:
                continue
            skeleton = str(checker.getSkeleton(icu.USpoofChecks.ALL_CHECKS, form))
            if skeleton in skeletons:
                found[code] = "i" if skeleton == "l" and char.isupper() else skeletons[skeleton]
                break
    return found


# blocks of letters that pose as Latin ones: extended Latin, phonetic, Greek to Armenian, Georgian, Cherokee to Runic,
# phonetic extensions, Coptic, Lisu, extended Cyrillic, Latin E, Deseret
_POSING_BLOCKS = (
    (0x180, 0x2B0),
    (0x370, 0x600),
    (0x10A0, 0x1100),
    (0x13A0, 0x1680),
    (0x1D00, 0x1D80),
    (0x2C80, 0x2D00),
    (0xA4D0, 0xA500),
    (0xA640, 0xA6A0),
    (0xAB30, 0xABC0),
    (0x10400, 0x10500),
)


def _letters() -> list[int]:
    """Letters of posing scripts, and phonetic and small-capital Latin letters."""
    found = []
    for code in chain.from_iterable(range(first, behind) for first, behind in _POSING_BLOCKS):
        if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lo", "Lm"):
            name = icu.Script.getScript(chr(code)).getName()
            if name in _POSING or (name == "Latin" and not unicodedata.decomposition(chr(code))):
                found.append(code)
    found.remove(0x3BC)  # μ: of units, and like m only as a capital
    return found
