"""Articles and legal quantities in words: how they read in a language, by the pack's documents/laws.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mapae.model.law import Parameter
from mapae.pack import Pack

__all__ = ["cited", "in_words"]

Rows = Mapping[str, Mapping[str, str]]
_ARTICLE = re.compile(r"([A-Z]+) (\d+)(?:-(\d+))?((?:\(\d+\))*)(.*)")


def cited(pack: Pack, key: str) -> dict[str, str]:
    """An article as it is cited in short, by language: `ECA 20-5(3)` is ko 전자상거래법 제20조의5제3항.

    What is no article of a law that the pack names stays as it is.
    """
    table = pack.data("documents/laws.yaml")
    read = _ARTICLE.fullmatch(key.strip())
    if read is None or read[1] not in table["short"]:
        return dict.fromkeys(table["cite"], key)
    regime, article, branch, paragraphs, rest = read.groups()
    numbers = re.findall(r"\((\d+)\)", paragraphs)[:1]
    return {
        language: forms["branch" if branch else "plain"].format(
            law=table["short"][regime][language], article=article, branch=branch
        )
        + "".join(table["paragraph"][language].format(n=number) for number in numbers)
        + rest
        for language, forms in table["cite"].items()
    }


def in_words(pack: Pack, found: Parameter, value: Any, language: str) -> str:
    """A value of the quantity with its unit, as `7 days`, `납: 20 ㎍/g 이하` or `yes`.

    language: ko, en or zh; what has no words in it is said in English, what has none at all as it stands.
    """
    unit = "age" if found.key.endswith("age") else found.unit
    return _Speaker(pack.data("documents/laws.yaml"), language).said(value, unit)


class _Speaker:
    """One table of words, one language."""

    def __init__(self, table: Mapping[str, Rows], language: str) -> None:
        self.table, self.language = table, language

    def said(self, value: Any, unit: str) -> str:
        if isinstance(value, bool):
            return self._word("words", str(value).lower())
        if isinstance(value, list):
            return ", ".join(self.said(item, "") for item in value)
        if isinstance(value, Mapping):
            return self._limit(value) if "unit" in value else self._map(value, unit)
        if isinstance(value, int | float):
            said = f"{value:,}"
            return f"{said} {self._word('units', unit)}".strip() if unit else said
        return self._word("values", str(value))

    def _map(self, value: Mapping[str, Any], unit: str) -> str:
        return "; ".join(
            f"{self._word('values', str(name))}: {self.said(item, unit)}" for name, item in value.items()
        )

    def _limit(self, value: Mapping[str, Any]) -> str:
        """A limit of a substance: {max, unit}, {min, max, unit} or {absent, unit}."""
        kind = "absent" if value.get("absent") else "between" if "min" in value else "most"
        unit = self._word("units", str(value["unit"]))
        return self._word("limits", kind).format(least=value.get("min"), most=value.get("max"), unit=unit)

    def _word(self, section: str, name: str) -> str:
        row = self.table.get(section, {}).get(name)
        if row is None:
            return "" if name in ("map", "list", "text", "bool", "date") else name
        return row.get(self.language, row["en"])
