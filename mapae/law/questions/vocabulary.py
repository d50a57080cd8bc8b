"""The vocabulary of questions: which facts and words a question knows, and the reading of a row's facts by it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from mapae.errors import FactError

__all__ = ["Line", "Vocabulary", "read_day"]

_AGES = re.compile(r"\s*(\d{1,2})\s*(?:-\s*(\d{1,2})|\+)\s*\Z")
NOTHING = object()  # a null where the form gives it no meaning of its own


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the vocabulary: question, regime, chosen word (kind, action, power) and the forms of its facts."""

    question: str
    regime: str
    word: str
    forms: Mapping[str, Any]
    open: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All questions of a pack (questions.yaml)."""

    questions: Mapping[str, Mapping[str, Any]]

    def line(self, question: str, regime: str, facts: Mapping[str, Any], where: str = "") -> Line:
        """The line that the question, the regime and the choosing fact select; FactError where there is none."""
        entry = self.questions.get(question)
        if entry is None:
            raise _unknown("question", question, self.questions, where)
        lines: Mapping[str, Any] = entry["facts"]
        regimes = dict.fromkeys(name.split(" ")[0] for name in lines)
        if regime not in regimes:
            raise _unknown(f"regime of {question}", regime, regimes, where)
        words = {
            name.partition(" ")[2]: forms for name, forms in lines.items() if name.split(" ")[0] == regime
        }
        chooser = entry.get("chosen_by")
        word = str(facts.get(chooser, "")) if chooser else ""
        if chooser and chooser not in facts and len(words) == 1:
            word = next(iter(words))
        if word not in words:
            raise _unknown(f"{chooser} of {question} under {regime}", word, words, where)
        return Line(question, regime, word, words[word], bool(entry.get("open")))

    def read(
        self, question: str, regime: str, facts: Mapping[str, Any], where: str = ""
    ) -> tuple[Line, dict[str, Any]]:
        """The selected line and the facts in their Python forms: dates, moments, times, ints, exact fractions.

        A null without a meaning of its own says "there is none": no, zero, or left out. FactError names the
        row, the key and near words for anything outside the vocabulary.
        """
        line = self.line(question, regime, facts, where)
        chooser = self.questions[question].get("chosen_by")
        given = {key: value for key, value in facts.items() if key != chooser}
        return line, _read_map(given, line.forms, where)


def _read_map(given: Mapping[str, Any], forms: Mapping[str, Any], where: str) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in given.items():
        place = f"{where}.{key}" if where else str(key)
        if key not in forms:
            raise _unknown("fact", str(key), forms, place)
        result = _read(value, forms[key], place)
        if result is not NOTHING:
            read[key] = result
    return read


def _read(value: Any, form: Any, where: str) -> Any:
    if isinstance(form, list):
        return NOTHING if value is None else _word(value, form, where)
    if isinstance(form, dict):
        (kind, inner), *_ = form.items()
        return _NESTED[kind](value, inner, where)
    name, _, none = str(form).partition(" ")
    if value is None:
        return None if none else {"yes_no": False, "whole": 0, "number": Fraction(0)}.get(name, NOTHING)
    try:
        return _PLAIN[name](value)
    except (TypeError, ValueError) as error:
        raise FactError(
            f"{value!r} is not {_MEANT[name]}", where=where, mend=f"write {_MEANT[name]}"
        ) from error


def _word(value: Any, words: list[Any], where: str) -> str:
    if value not in words or isinstance(value, bool):
        raise _unknown("word", str(value), words, where)
    return str(value)


def _many(value: Any, words: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise FactError(f"{value!r} is not a list", where=where, mend="write a list of words")
    return tuple(_word(item, words, where) for item in value)


def _map(value: Any, forms: Any, where: str) -> Any:
    if value is None:
        return NOTHING
    if not isinstance(value, Mapping):
        raise FactError(f"{value!r} is not a map", where=where, mend=f"write a map of {', '.join(forms)}")
    return _read_map(value, forms, where)


def _rows(value: Any, forms: Any, where: str) -> tuple[dict[str, Any], ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise FactError(
            f"{value!r} is not a list", where=where, mend=f"write a list of maps of {', '.join(forms)}"
        )
    return tuple(_map(item, forms, f"{where}[{number}]") for number, item in enumerate(value))


def _number_or(value: Any, words: Any, where: str) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[-+]?\d+(\.\d+)?", value):
        return _word(value, words, where)
    return _read(value, "number", where)


def _none_or(value: Any, words: Any, where: str) -> Any:
    return None if value is None else _word(value, words, where)


_NESTED: dict[str, Callable[[Any, Any, str], Any]] = {
    "many": _many,
    "map": _map,
    "rows": _rows,
    "number_or": _number_or,
    "none_or": _none_or,
}


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise TypeError(value)
    return Fraction(str(value))


def _whole(value: Any) -> int:
    exact = _number(value)
    if exact.denominator != 1 or exact < 0:
        raise ValueError(value)
    return int(exact)


def read_day(value: Any) -> date:
    """A day from a date or its ISO text; ValueError for anything else."""
    if isinstance(value, datetime):
        raise ValueError(value)
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if not isinstance(value, datetime) and not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", str(value)):
        raise ValueError(value)
    return moment


def _clock(value: Any) -> time:
    if isinstance(value, int) and not isinstance(value, bool):
        return time(*divmod(value, 60))  # YAML 1.1 reads 21:30 as 21 * 60 + 30
    return time.fromisoformat(str(value))


def _ages(value: Any) -> tuple[int, int | None]:
    found = _AGES.match(str(value))
    if not found:
        raise ValueError(value)
    return int(found[1]), int(found[2]) if found[2] else None


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "yes_no": _yes_no,
    "whole": _whole,
    "number": _number,
    "date": read_day,
    "moment": _moment,
    "clock": _clock,
    "text": str,
    "ages": _ages,
}
_MEANT = {
    "yes_no": "true or false",
    "whole": "a whole number in digits, zero or more",
    "number": "a number",
    "date": "a date YYYY-MM-DD",
    "moment": "a moment YYYY-MM-DDTHH:MM",
    "clock": "a time HH:MM",
    "text": "text",
    "ages": "ages such as 3-13 or 14+",
}


def _unknown(what: str, value: str, known: Any, where: str) -> FactError:
    names = [str(name) for name in known]
    near = difflib.get_close_matches(value, names, n=3, cutoff=0.6) or names
    return FactError(
        f"unknown {what} {value!r}",
        where=where,
        mend=f"did you mean {', '.join(near)}?" if near else f"there is no {what} here",
    )
