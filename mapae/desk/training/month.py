"""Plays a month of invented work: the cases of story/month.yaml, step by step in the order of time, by a moved clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from mapae.desk.training.play import Play
from mapae.desk.training.reading import story
from mapae.desk.training.times import at, move_to
from mapae.errors import MapaeError
from mapae.law.calendar import business_days

__all__ = ["SEED", "play_month"]

SEED = 20260824


@dataclass(frozen=True, slots=True)
class Step:
    """When a case's step happens. play: the case; name: of Play's steps."""

    when: datetime
    order: int
    play: int
    name: str


def play_month(
    until: date,
    evening: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> list[str]:
    """Every step that lies before the day `until`; what was refused, in words (empty: nothing).

    A case whose step was refused goes no further. evening: called at the end of every day on which something happened.
    progress: (steps done, steps in all).
    """
    rows = story("month")["cases"]
    plays = [
        Play(matter, operator, count, Random(f"{SEED} {number}"))
        for number, (matter, operator, _plot, _day, count) in enumerate(rows)
    ]
    steps = sorted((step for step in _steps() if step.when.date() < until), key=lambda s: (s.when, s.order))
    stopped: set[int] = set()
    refused: list[str] = []
    day: date = story("month")["first_day"]
    for done, step in enumerate(steps, 1):
        if step.play in stopped:
            continue
        if step.when.date() != day:
            _end_of(day, evening)
            day = step.when.date()
        move_to(step.when)
        try:
            plays[step.play].do(step.name)
        except MapaeError as error:
            stopped.add(step.play)
            refused.append(f"{rows[step.play][:3]} {step.name}: {error}")
        progress(done, len(steps))
    _end_of(day, evening)
    return refused


def _end_of(day: date, evening: Callable[[], None]) -> None:
    move_to(at(day, 18, 30))
    evening()


def _steps() -> Iterator[Step]:
    month = story("month")
    chance = Random(SEED)
    order = 0
    for number, (_matter, _operator, plot, day, _count) in enumerate(month["cases"]):
        clock = 9 * 60 + chance.randrange(30)
        for row in month["plots"][plot]:
            offset, _, name = row.partition(" ")
            clock += chance.randrange(4, 22)
            when = at(_working_day(month["first_day"], day + int(offset)), 9)
            yield Step(when + timedelta(minutes=clock - 9 * 60), order, number, name)
            order += 1


def _working_day(first: date, number: int) -> date:
    """The working day that comes `number` working days after the first."""
    return first if number == 0 else business_days(first, number).end
