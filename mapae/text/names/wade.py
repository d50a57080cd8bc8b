"""Pinyin syllables in Wade-Giles, as names from Taiwan are written: without tones, apostrophes or dots."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["is_wade_giles", "wade_giles"]

_INITIAL = {
    "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "zh": "ch", "ch": "ch", "j": "ch", "q": "ch", "x": "hs",
    "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
# whole syllables that the finals below do not give, with what people in Taiwan also write
_WHOLE = {
    "zhi": "chih chi", "chi": "chih chi", "shi": "shih shi", "ri": "jih", "zi": "tzu tze", "ci": "tzu tze",
    "si": "ssu szu sze", "yi": "i yi yih", "xi": "hsi shi", "xiao": "hsiao shiao", "xue": "hsueh shueh", "jue": "chueh",
    "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung", "er": "erh", "ge": "ko", "ke": "ko ke", "he": "ho",
    "e": "o e", "gui": "kuei", "kui": "kuei", "wei": "wei", "you": "yu you", "duo": "to", "tuo": "to", "nuo": "no",
    "luo": "lo", "zuo": "tso", "cuo": "tso", "suo": "so", "zhuo": "cho", "chuo": "cho", "ruo": "jo", "juan": "chuan",
    "xu": "hsu", "lv": "lu", "nv": "nu",
}  # fmt: skip
_FINAL = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "iong": "iung"}


@lru_cache(maxsize=4096)
def wade_giles(syllable: str) -> frozenset[str]:
    """The spellings of one Pinyin syllable (Giles 1912): zhang → chang, xu → hsu, cai → tsai."""
    if syllable in _WHOLE:
        return frozenset(_WHOLE[syllable].split())
    initial = syllable[:2] if syllable[:2] in ("zh", "ch", "sh") else syllable[:1]
    if initial not in _INITIAL and initial not in ("sh", *"mfnlhsyw"):
        return frozenset({syllable})
    final = syllable[len(initial) :]
    return frozenset({_INITIAL.get(initial, initial) + _FINAL.get(final, final)})


def is_wade_giles(syllables: tuple[str, ...], run: str) -> bool:
    """Whether letters without borders spell these Pinyin syllables in Wade-Giles from end to end."""
    if not syllables:
        return not run
    return any(
        run.startswith(form) and is_wade_giles(syllables[1:], run[len(form) :])
        for form in wade_giles(syllables[0])
    )
