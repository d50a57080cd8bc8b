"""Sentences of the command line and its errors in the language of the locale; those without Korean words in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import typer
import yaml

from mapae.cli.locales import language
from mapae.errors import MapaeError

__all__ = ["refusal", "say", "told"]

_PLACE = re.compile(r"(\S+:\d+:\d+): (.*)")
_HEAD = {"en": ("error", "mend"), "ko": ("오류", "고치는 법")}


def refusal(error: MapaeError, tongue: str) -> str:
    """What is printed: `error: where: what` and, on a second line, the remedy. tongue: en or ko."""
    head, mend = _HEAD[tongue]
    what = told(error.what, tongue)
    first = f"{head}: {error.where}: {what}" if error.where else f"{head}: {what}"
    return f"{first}\n  {mend}: {told(error.mend, tongue)}" if error.mend else first


def say(english: str, *, err: bool = False) -> None:
    """Print it in the language of the locale."""
    typer.echo(told(english, language()), err=err)


def told(english: str, tongue: str) -> str:
    """The sentence in the language: as a whole, by its pattern, part by part between semicolons, or line by line."""
    if tongue == "en" or not english:
        return english
    rows: dict[str, str] = yaml.safe_load(files("mapae.cli").joinpath("spoken_ko.yaml").read_text("utf-8"))
    return "\n".join(_line(line, rows) for line in english.split("\n"))


def _line(line: str, rows: dict[str, str]) -> str:
    """A line of several faults told as compilers do: a place and a fault, a line of the file, a caret, a remedy."""
    if line.startswith("  mend: "):
        return f"  {_HEAD['ko'][1]}: {_sentence(line.removeprefix('  mend: '), rows)}"
    if found := _PLACE.fullmatch(line):
        return f"{found[1]}: {_sentence(found[2], rows)}"
    if line.startswith("    "):
        return line
    indent = "  " if line.startswith("  ") else ""
    return indent + _sentence(line.removeprefix(indent), rows)


def _sentence(english: str, rows: dict[str, str]) -> str:
    parts = "; " in english
    whole = _said(english, {key: row for key, row in rows.items() if not parts or "; " in key})
    if whole is None and parts:
        return "; ".join(_said(part, rows) or part for part in english.split("; "))
    return whole or english


def _said(english: str, rows: dict[str, str]) -> str | None:
    if english in rows and "{}" not in english:
        return rows[english]
    for pattern, korean in _patterns(rows):
        if found := pattern.fullmatch(english):
            return re.sub(r"\{(\d)\}", lambda hole: found[int(hole[1]) + 1], korean)
    return None


def _patterns(rows: dict[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    """The rows with something to fill in, those that say the most of it themselves first."""
    open_rows = ((english, korean) for english, korean in rows.items() if "{}" in english)
    for english, korean in sorted(open_rows, key=lambda row: -len(row[0])):
        yield re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), korean
