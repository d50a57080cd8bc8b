"""Sentences of the command line and its errors in the language of the locale; those without Korean words in English."""

from __future__ import annotations

import re
from functools import cache
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
    return "\n".join(map(_line, english.split("\n")))


@cache
def _rows() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(files("mapae.cli").joinpath("spoken_ko.yaml").read_text("utf-8"))
    return found


def _line(line: str) -> str:
    """A line of several faults told as compilers do: a place and a fault, a line of the file, a caret, a remedy."""
    if line.startswith("  mend: "):
        return f"  {_HEAD['ko'][1]}: {_sentence(line.removeprefix('  mend: '))}"
    if found := _PLACE.fullmatch(line):
        return f"{found[1]}: {_sentence(found[2])}"
    if line.startswith("    "):
        return line
    indent = "  " if line.startswith("  ") else ""
    return indent + _sentence(line.removeprefix(indent))


def _sentence(english: str) -> str:
    parts = "; " in english
    whole = _said(english, joined=parts)
    if whole is None and parts:
        return "; ".join(_said(part) or part for part in english.split("; "))
    return whole or english


def _said(english: str, *, joined: bool = False) -> str | None:
    """The row's words. joined: only rows that hold a semicolon themselves stand for a sentence that does."""
    if english in _rows() and "{}" not in english:
        return _rows()[english]
    for row, pattern, korean in _patterns():
        if (not joined or "; " in row) and (found := pattern.fullmatch(english)):
            return re.sub(r"\{(\d)\}", lambda hole: found[int(hole[1]) + 1], korean)
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], str]]:
    """The rows with something to fill in, those that say the most of it themselves first."""
    open_rows = ((english, korean) for english, korean in _rows().items() if "{}" in english)
    return [
        (english, re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), korean)
        for english, korean in sorted(open_rows, key=lambda row: -len(row[0]))
    ]
