"""Two names of firms or brands: the same one across scripts, forms, short names and spellings, or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from mapae.text.names import chinese
from mapae.text.names.aliases import alias_group, latin_names, name_key, whole_group
from mapae.text.names.spelling import same_word
from mapae.text.names.words import Parts, fold_name, german, soft_words, take_apart, undecorated

__all__ = ["Verdict", "compare_brands", "compare_firms"]

_SUPPORT = 0.16  # how much less likeness is enough where city and trade agree too
_STRICTER = 0.1  # how much more is needed where words of trade are compared by sound
_HAN, _HANGUL = re.compile(r"[\u3400-\u9fff]+"), re.compile(r"[가-힣]+")
_TOWN = re.compile(r"^((?:[\u3400-\u9fff]{2}省)?[\u3400-\u9fff]{2,3}市)[\u3400-\u9fff]{2}[镇鎮]")
_CITY = re.compile(r"^((?:[\u3400-\u9fff]{2}省?)?[\u3400-\u9fff]{2})市(?=[\u3400-\u9fff]{3})")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset("and of the for de la le co ltd inc corp llc".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are one firm's or brand's; the score; the reasons in plain words."""

    same: bool
    score: float
    reasons: tuple[str, ...]


def compare_brands(a: str, b: str) -> Verdict:
    """Two brand names. A line, a sub-brand or another brand with a common word is not the same."""
    known = _known(a, b) or _same_letters(a, b) or _through(a, b)
    if known:
        return known
    if _initials(a, b):
        return Verdict(True, 0.9, ("one name is the initials of the other",))
    left, right = (name_key(_POSSESSIVE.sub("", _one_script(undecorated(name)))) for name in (a, b))
    like, why = same_word(left, right)
    return Verdict(like >= 1.0, min(like, 1.0) * 0.95, (why,))


def compare_firms(a: str, b: str) -> Verdict:
    """Two firm names: form words aside, core, trade, place and nation must agree; what one leaves out may be missing once."""
    known = _known(a, b) or _same_letters(a, b) or _through(a, b)
    if known:
        return known
    a, b = (_one_script(_unit(undecorated(name))) for name in (a, b))
    if _read_whole(a, b):
        return Verdict(True, 0.95, ("one name is the Korean reading of the other, character by character",))
    if _initials(a, b):
        return Verdict(True, 0.9, ("one name is the initials of the other",))
    verdict = _by_parts(take_apart(a), take_apart(b))
    return verdict if verdict.same else max([verdict, *_otherwise(a, b)], key=lambda item: item.score)


def _otherwise(a: str, b: str) -> Iterator[Verdict]:
    """The comparison with less taken off: words of trade that only one name has stay in its core, and so do places."""
    left, right = take_apart(a), take_apart(b)
    common = left.trade & right.trade
    if left.trade != right.trade and common in (left.trade, right.trade):
        yield _by_parts(take_apart(a, only=common), take_apart(b, only=common))
    plain = take_apart(a, places=False), take_apart(b, places=False)
    if plain != (left, right) and not (left.places and right.places):
        yield _by_parts(*plain)


@lru_cache(maxsize=65_536)
def _one_script(text: str) -> str:
    """A name that is said twice, in Latin letters and in another script (TEMU 테무), said once; else the text."""
    plain = fold_name(text)
    latin = " ".join(_WORD.findall(plain))
    other = " ".join(re.findall(r"[가-힣]+|[\u3400-\u9fff]+", plain))
    if not latin or not other or len(other.split()) > len(latin.split()) + 1:
        return text
    groups = whole_group(name_key(latin)), whole_group(name_key(other))
    if groups[0] is not None and groups[1] is not None:
        return latin if groups[0] == groups[1] else text
    return latin if same_word(name_key(latin), name_key(other))[0] >= 1.0 else text


def _unit(name: str) -> str:
    """A Chinese firm's city without the word city, and without a town of it, as firms are mostly called."""
    return _CITY.sub(r"\1", _TOWN.sub(r"\1", name))


def _by_parts(left: Parts, right: Parts) -> Verdict:
    if left.nations != right.nations:
        return Verdict(False, 0.05, ("a parent and its national company, or companies of two countries",))
    groups = whole_group(left.whole), whole_group(right.whole)
    if None not in groups:
        same = groups[0] == groups[1]
        return Verdict(same, 0.95 if same else 0.02, (f"branches of {'one firm' if same else 'two firms'}",))
    clash = _clash(left, right)
    if clash:
        return Verdict(False, 0.05, (clash,))
    support = _SUPPORT * (bool(left.trade & right.trade) + bool(left.places & right.places)) / 2
    like, why = _same_core(left.core, right.core, support)
    gap = (left.trade ^ right.trade) - soft_words()
    if like >= 1.0 and (not gap or _loosely_translated(left, right)):
        gaps = len(left.trade ^ right.trade) + len(left.places ^ right.places)
        return Verdict(True, max(0.6, 0.97 - 0.1 * gaps), (why, *_agreements(left, right)))
    if _two_scripts(left.whole, right.whole):
        whole, said = same_word(left.whole, right.whole, -_STRICTER)
        if whole >= 1.0:
            return Verdict(True, 0.85, (said,))
    if gap and like >= 1.0:
        return Verdict(False, 0.3, (why, "one name says another trade"))
    return Verdict(False, min(like, 0.99) * 0.5, (why, *_agreements(left, right)))


def _two_scripts(a: str, b: str) -> bool:
    """One name in Hangul, the other in Latin letters."""
    return bool(_HANGUL.search(a)) != bool(_HANGUL.search(b)) and not (_HAN.search(a) or _HAN.search(b))


def _loosely_translated(left: Parts, right: Parts) -> bool:
    """In two scripts a word of trade may be left out where another one agrees (照明电器, Lighting)."""
    return bool(left.trade & right.trade) and left.core != right.core


def _known(a: str, b: str) -> Verdict | None:
    left, right = alias_group(a), alias_group(b)
    if left is None or right is None:
        return None
    if left == right:
        return Verdict(True, 0.99, ("two names of one firm or brand in common use",))
    return Verdict(False, 0.01, ("two known names of different firms or brands",))


def _through(a: str, b: str) -> Verdict | None:
    """A Chinese name in common use, and a Hangul one that is the sound of the Latin name it stands for."""
    for han, hangul in ((a, b), (b, a)):
        group, parts = alias_group(han), take_apart(undecorated(hangul))
        if group is None or not _HAN.search(han) or not _HANGUL.fullmatch(parts.whole) or parts.nations:
            continue
        if alias_group(hangul) is None and not parts.places and parts.trade <= soft_words():
            like = [name for name in latin_names(group) if same_word(parts.whole, name)[0] >= 1.0]
            if like:
                return Verdict(True, 0.93, (f"{han} stands for {like[0]}, and {hangul} sounds like it",))
    return None


def _same_letters(a: str, b: str) -> Verdict | None:
    """The same letters, umlauts written as they are, without dots, or out (ü, u, ue) — but not dotted against another."""
    if name_key(a) == name_key(b):
        return Verdict(True, 0.99, ("the same letters",)) if not _other_marks(a, b) else None
    forms = [{take_apart(form) for form in (name, german(name))} for name in (a, b)]
    if german(a) == a.casefold() and german(b) == b.casefold():
        return None
    same = bool(forms[0] & forms[1])
    return Verdict(True, 0.95, ("the same letters, umlauts written out",)) if same else None


def _other_marks(a: str, b: str) -> bool:
    """Both names carry umlauts, and not the same ones."""
    left, right = german(a), german(b)
    return left != a.casefold() and right != b.casefold() and name_key(left) != name_key(right)


def _read_whole(a: str, b: str) -> bool:
    """Whether one name is the Sino-Korean reading of the whole other name, company form and place too or left out."""
    for han, hangul in ((a, b), (b, a)):
        characters, syllables = "".join(_HAN.findall(fold_name(han))), "".join(_HANGUL.findall(hangul))
        if len(characters) < 4 or name_key(han) != characters or name_key(hangul) != syllables:
            continue
        if chinese.is_korean_reading(characters, syllables):
            return True
        for cut in ("股份有限公司", "有限责任公司", "有限公司", "公司"):
            bare = characters.removesuffix(cut)
            for form in ("주식회사", "유한책임회사", "유한회사", "유한공사", ""):
                trimmed = syllables.removesuffix(form).removeprefix(form)
                if len(bare) >= 4 and chinese.is_korean_reading(bare, trimmed):
                    return True
    return False


def _initials(a: str, b: str) -> bool:
    """Whether one name is the initials of the other's three or more words."""
    for long, short in ((a, b), (b, a)):
        words = [word for word in _WORD.findall(fold_name(long)) if word not in _SMALL]
        core = "".join(take_apart(short).core)
        if len(words) >= 3 and len(core) >= 3 and core == "".join(word[0] for word in words):
            return True
    return False


def _clash(left: Parts, right: Parts) -> str:
    if left.places and right.places and not left.places & right.places:
        return "the firms sit in different places"
    mine, yours = left.trade - soft_words(), right.trade - soft_words()
    if mine and yours and not (mine >= yours or yours >= mine):
        return "the words of trade differ"
    return ""


def _agreements(left: Parts, right: Parts) -> tuple[str, ...]:
    found = []
    if left.trade & right.trade:
        found.append(f"the same trade: {', '.join(sorted(left.trade & right.trade))}")
    if left.places & right.places:
        found.append(f"the same place: {', '.join(sorted(left.places & right.places))}")
    return tuple(found)


def _same_core(left: tuple[str, ...], right: tuple[str, ...], support: float) -> tuple[float, str]:
    """1 or more where the cores are one name, else how near they come."""
    if not left or not right:
        return (1.0, "the same words of trade and place") if left == right else (0.0, "one name has no core")
    if sorted(left) == sorted(right):
        return 1.0, "the same core"
    groups = whole_group("".join(left)), whole_group("".join(right))
    if groups[0] is not None and groups[0] == groups[1]:
        return 1.0, "two names of one firm or brand in common use"
    best = same_word("".join(left), "".join(right), support)
    if len(left) == len(right) and 1 < len(left) <= 3:
        for order in permutations(right):
            scores = [same_word(x, y, support) for x, y in zip(left, order, strict=True)]
            if min(score for score, _ in scores) >= 1.0:
                return 1.0, "each word of the core agrees"
    return best
