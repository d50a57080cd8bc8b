"""The squeezed channel: letters and digits only, leet classes, split jamo put together, digits among Hangul said aloud."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mapae.text.tables import DIGIT_HANGUL, KIND, LEET, SYMBOL_LEET

__all__ = ["CODAS", "ONSETS", "VOWELS", "Piece", "squeeze_pieces"]

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SPACE, _OTHER, _DIGIT, _HANGUL, _LATIN, _JAMO = (
    KIND["space"], KIND["other"], KIND["digit"], KIND["hangul"], KIND["latin"], KIND["jamo"],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One character of a channel. start, end: code points of the original; kind: script kind; begins: a word begins here
    or something was taken out before; changed: it stood otherwise; plain: the character before leet ("" where made of
    others); spaced: what was taken out before held a space."""

    text: str
    start: int
    end: int
    kind: int
    begins: bool
    changed: bool
    plain: str
    spaced: bool


def squeeze_pieces(folded: list[Piece]) -> list[Piece]:
    """Squeeze a text's folded pieces; the kernel does the same over buffers."""
    kept = _joined(_letters(folded))
    return [_spelled(kept, at) for at in range(len(kept))]


def _letters(folded: list[Piece]) -> list[Piece]:
    """Drop what is no letter or digit, but keep symbols that stand for letters between two Latin letters."""
    found: list[Piece] = []
    gap = spaced = False
    for at, piece in enumerate(folded):
        if piece.kind == _OTHER and piece.text in SYMBOL_LEET and _between(folded, at):
            found.append(replace(piece, kind=_LATIN, begins=gap or not found, changed=True, spaced=spaced))
            gap = spaced = False
        elif piece.kind in (_OTHER, _SPACE):
            gap, spaced = True, spaced or piece.kind == _SPACE
        else:
            after_symbol = at > 0 and folded[at - 1].kind == _OTHER and not gap
            begins = gap or not found or (piece.begins and not after_symbol)
            found.append(replace(piece, begins=begins, spaced=spaced))
            gap = spaced = False
    return found


def _between(folded: list[Piece], at: int) -> bool:
    sides = (folded[at - 1] if at else None, folded[at + 1] if at + 1 < len(folded) else None)
    return all(side is not None and side.kind in (_LATIN, _DIGIT) for side in sides)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Put lone jamo together: onset + vowel (+ coda), and a lone coda behind an open syllable."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if (
            piece.kind == _JAMO
            and piece.text in ONSETS
            and at + 1 < len(pieces)
            and pieces[at + 1].text in VOWELS
        ):
            coda = _coda(pieces, at + 2)
            code = 0xAC00 + (ONSETS.index(piece.text) * 21 + VOWELS.index(pieces[at + 1].text)) * 28 + coda
            last = pieces[at + (2 if coda else 1)]
            found.append(replace(piece, text=chr(code), end=last.end, kind=_HANGUL, changed=True, plain=""))
            at += 3 if coda else 2
        elif (
            piece.kind == _HANGUL and (ord(piece.text) - 0xAC00) % 28 == 0 and (coda := _coda(pieces, at + 1))
        ):
            code = ord(piece.text) + coda
            found.append(replace(piece, text=chr(code), end=pieces[at + 1].end, changed=True, plain=""))
            at += 2
        else:
            found.append(piece)
            at += 1
    return found


def _coda(pieces: list[Piece], at: int) -> int:
    """The coda number of a lone consonant at `at`, if no vowel follows it and it is not one of a run of the same."""
    if at >= len(pieces) or pieces[at].kind != _JAMO:
        return 0
    text = pieces[at].text
    if text not in "ㄱㄴㄷㄹㅁㅂㅅㅇ":
        return 0
    if at + 1 < len(pieces) and (pieces[at + 1].text in VOWELS or pieces[at + 1].kind == _JAMO):
        return 0
    return CODAS.index(text)


def _spelled(pieces: list[Piece], at: int) -> Piece:
    """Leet classes, and a digit before Hangul (at a word's head or behind Hangul) said aloud."""
    piece = pieces[at]
    if piece.kind == _DIGIT:
        before = pieces[at - 1].kind if at else _SPACE
        after = pieces[at + 1].kind if at + 1 < len(pieces) else _SPACE
        if after == _HANGUL and before != _DIGIT and before != _LATIN:
            return replace(piece, text=DIGIT_HANGUL[piece.text], changed=True, plain="")
    letter = LEET.get(piece.text)
    return piece if letter is None else replace(piece, text=letter)
