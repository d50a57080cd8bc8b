"""Longer words that only hold an ingredient's name: the pack's own and those of allowed food raw materials."""

from __future__ import annotations

from mapae.contract import Context
from mapae.measures.hazardous_goods.substances.vocabulary import Vocabulary

__all__ = ["longer_words"]


def longer_words(context: Context, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Longer words that hold a name: the pack's own, and names of food raw materials that are no ingredient's name."""
    names = {name.text.casefold() for name in vocabulary.names if not name.how}
    longest_name = max((len(name) for name in names), default=0)
    found = {str(word) for word in vocabulary.words["holds"]}
    for row in context.lists.table("materials").to_pylist():
        if row["annex"] == "allowed":
            for text in (row["name_ko"], *(row["names"] or ())):
                if text and text.casefold() not in names and _inside(text.casefold(), names, longest_name):
                    found.add(text)
    return tuple(sorted(found))


def _inside(text: str, names: set[str], most: int) -> bool:
    """Whether a shorter name stands inside; Latin names as whole words only."""
    if text.isascii():
        parts = text.replace("-", " ").split()
        return len(parts) > 1 and any(
            " ".join(parts[start:end]) in names
            for start in range(len(parts))
            for end in range(start + 1, len(parts) + 1)
        )
    return any(
        text[start:end] in names
        for start in range(len(text))
        for end in range(start + 2, min(len(text), start + most) + 1)
        if end - start < len(text)
    )
