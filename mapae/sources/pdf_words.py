"""Words that a line's end broke, put together as the rest of the document writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapae.sources.pdf_lines import Line

__all__ = ["Words"]

_SPACED = re.compile(r"(?:[가-힣\u4e00-\u9fff：、，。] ){5,}[가-힣\u4e00-\u9fff：、，。]?")
_IDEOGRAPH = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HANGUL = re.compile(r"[가-힣]+")
_ADDRESS = re.compile(r"\S*@\S*$|https?:\S*$")
# Endings of names of Korean places in Latin letters, which are always written with a hyphen.
_PLACE = re.compile(r"(?:ro|gil|daero|gu|dong|si|do|gun|eup|myeon|ri|ga)\b")
# Particles and endings that a word of its own does not begin with.
_BOUND = re.compile(
    r"(?:은|는|이|가|을|를|의|에|로|와|과|도|만|으로|에서|에게|까지|부터|이나|하여|하는|하고|합니다|됩니다|습니다|입니다|니다|"
    r"되는|되며|하며|한|할|된|될|함|등의|등을|들의|들은|적인|적으로|라도|다|고|며|어|여|요)(?![가-힣])"
)
# Korean that follows a figure without a space.
_COUNTED = re.compile(r"(?:층|호|년|월|일|개|원|명|건|시|분|차|조|항|회|세)(?![가-힣]{2})")
_HYPHENATED = 0.03  # of all lines: from which line ends with a hyphen are the setter's


class Words:
    """The words of a document, told by its lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        texts = [line.text.strip() for line in lines]
        self._known = set(re.findall(r"[\w-]+", " ".join(texts).lower()))
        inside = [word for text in texts for word in text.split()[1:-1]]
        self._hangul = {found for word in inside for found in _HANGUL.findall(word)}
        self._begun = {word[:size] for word in self._hangul for size in range(2, len(word) + 1)}
        self._spaced = any(line.text.endswith(" ") for line in lines)
        ends = sum(text.endswith("-") for text in texts)
        self._hyphenated = ends > 1 and ends > _HYPHENATED * len(texts)

    def joined(self, lines: Sequence[Line]) -> str:
        """The lines as one text; letters that were spaced out to fill a line stand together again."""
        held = lines[0].text if lines else ""
        for line in lines[1:]:
            held = self._join(held, line.text)
        text = _SPACED.sub(lambda found: found.group().replace(" ", ""), held.strip())
        return re.sub(r"[ \t]{2,}", " ", text).replace("\xad", "-")

    def _join(self, held: str, line: str) -> str:
        end, start = held.rstrip(), line.lstrip()
        if end.endswith("\xad"):
            return end[:-1] + start
        if _ADDRESS.search(end) and end.endswith((".", "-", "@", "/", "_")):
            return end + start
        if end.endswith("-") and end[-2:-1].isalpha() and start[:1].isalpha():
            return end + start if self._keeps_hyphen(end, start) else end[:-1] + start
        if re.search(r"\d-$", end) and start[:1].isdigit():
            return end + start
        if end[-1:].isdigit() and _COUNTED.match(start) and not held.endswith(" "):
            return end + start
        near = end[-1:] + start[:1]
        if _IDEOGRAPH.search(near) and not held.endswith(" "):
            return end + start
        glued = not held.endswith(" ") and len(_HANGUL.sub("", near)) == 0 and self._one_word(end, start)
        return end + ("" if glued else " ") + start

    def _keeps_hyphen(self, end: str, start: str) -> bool:
        left, right = re.findall(r"[\w-]+$", end)[0].lower(), re.findall(r"^[\w-]+", start)[0].lower()
        if left + right in self._known or "@" in start.split()[0] or _PLACE.match(start):
            return True
        return not self._hyphenated and left[:-1] + right not in self._known

    def _one_word(self, end: str, start: str) -> bool:
        """Whether Hangul at a line's end goes on at the next one's start, without a space."""
        if self._spaced:
            return True
        left, right = _HANGUL.findall(end)[-1], _HANGUL.findall(start)[0]
        whole = any(left + right[:size] in self._begun for size in range(min(2, len(right)), 3))
        return whole or bool(_BOUND.match(right)) or (left not in self._hangul and right not in self._hangul)
