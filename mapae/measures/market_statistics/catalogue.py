"""The series of the pack, and which of them are never mixed: what may be summed is said in data, all else is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.errors import PackError, UsageError
from mapae.measures.market_statistics.series import Series, Value, Words
from mapae.pack import Pack
from mapae.text.periods import Period, period

__all__ = ["Catalogue", "catalogue"]

_FOLDER = "statistics"
_APART = "apart.yaml"


@dataclass(frozen=True)
class Catalogue:
    """Series by key, in the order of the files; apart: sets of keys with the reason why no two are mixed."""

    series: Mapping[str, Series]
    apart: tuple[tuple[frozenset[str], Words], ...]

    def get(self, key: str) -> Series:
        """The series of that key. UsageError, with keys that look like it, where there is none."""
        if key not in self.series:
            near = [name for name in self.series if key.casefold() in name] or list(self.series)
            raise UsageError(
                f"there is no series {key!r}", where="KEY", mend=f"series are: {', '.join(near)}"
            )
        return self.series[key]

    def total(self, keys: Sequence[str], language: str = "en") -> dict[Period, float]:
        """The sum of these series for every period that all of them have. UsageError where they are not to be mixed."""
        found = [self.get(key) for key in dict.fromkeys(keys)]
        self.refuse_mixing(found, language)
        values = [
            {value.period: value.value for value in one.values if value.value is not None} for one in found
        ]
        common = set(values[0]).intersection(*values[1:])
        return {each: sum(one[each] for one in values) for each in sorted(common)}

    def refuse_mixing(self, found: Sequence[Series], language: str = "en") -> None:
        """UsageError unless these may be added: nothing keeps them apart, one unit, one family of parts of a whole."""
        keys = [one.key for one in found]
        where = " + ".join(keys)
        for group, reason in self.apart:
            if len(group & set(keys)) > 1:
                raise UsageError(_said(reason, language), where=where, mend=_alone(keys))
        for one in found:
            if len(keys) > 1 and one.part_of in keys:
                raise UsageError(
                    f"{one.key} is a part of {one.part_of}: a sum would count it twice",
                    where=where,
                    mend=_alone(keys),
                )
        if len({one.unit for one in found}) > 1:
            units = ", ".join(f"{one.key} in {one.unit}" for one in found)
            raise UsageError(f"the units differ: {units}", where=where, mend=_alone(keys))
        if len(keys) > 1 and (
            not all(one.additive for one in found) or len({one.family for one in found}) > 1
        ):
            raise UsageError(
                "these are not said to be parts of one whole, counted by one body in one way",
                where=where,
                mend=_alone(keys),
            )


def catalogue(pack: Pack, more: Mapping[str, Sequence[Value]] | None = None) -> Catalogue:
    """The pack's series. more: values of one's own by key, added to the history of the series. PackError by file and key."""
    files = sorted(path.name for path in (pack.root / _FOLDER).glob("*.yaml") if path.name != _APART)
    found: dict[str, Series] = {}
    for name in files:
        for row in pack.data(f"{_FOLDER}/{name}"):
            one = _series(row, name)
            if one.key in found:
                raise PackError(
                    "the series is there twice", where=f"{_FOLDER}/{name}, {one.key}", mend="keep one"
                )
            found[one.key] = one.with_values((more or {}).get(one.key, ()))
    apart = tuple((frozenset(row["series"]), row["reason"]) for row in pack.data(f"{_FOLDER}/{_APART}"))
    for group, _ in apart:
        if unknown := group - set(found):
            raise PackError(
                f"there is no series {min(unknown)!r}",
                where=f"{_FOLDER}/{_APART}",
                mend="name series of this folder",
            )
    return Catalogue(found, apart)


def _series(row: Mapping[str, Any], name: str) -> Series:
    where = f"{_FOLDER}/{name}, {row.get('key', '?')}"
    for name in ("title", "definition", "source", "method"):
        _refuse_cut(row.get(name, {}), f"{where}, {name}")
    try:
        values = tuple(_values(row["values"], where))
        return Series(
            row["key"], row["title"], row["definition"], row["unit"], row["source"], row["method"], values,
            row["additive"], row.get("family", ""), row.get("part_of", ""), row.get("operator", ""),
        )  # fmt: skip
    except KeyError as error:
        raise PackError(
            f"{error.args[0]} is missing", where=where, mend="see the other series of this folder"
        ) from None


def _refuse_cut(words: Mapping[str, Any], where: str) -> None:
    """PackError where a comma outside of quotes has cut a text in two."""
    if wrong := [key for key, text in words.items() if not isinstance(text, str)]:
        raise PackError(
            f"{wrong[0]!r} has no text", where=where, mend="put texts with commas or colons in quotes"
        )


def _values(rows: Iterable[Mapping[str, Any]], where: str) -> Iterable[Value]:
    for row in rows:
        known = row["known_on"]
        if not isinstance(known, date):
            raise PackError(f"known_on is no day: {known}", where=where, mend="write 2024-03-13")
        try:
            at = period(str(row["period"]))
        except ValueError as error:
            raise PackError(
                str(error), where=where, mend="write 2024, 2024-Q3, 2024-02 or 2025-01..2025-10"
            ) from None
        yield Value(at, row["value"], known, str(row["reference"]), row.get("mark", ""))


def _said(words: Words, language: str) -> str:
    return words.get(language) or words["en"]


def _alone(keys: Sequence[str]) -> str:
    return f"show each by itself: mapae report series {' '.join(keys)}"
