"""Presumption of dominance over unknown amounts: never contradicted by a way the market may be, and witnessed."""

from __future__ import annotations

import random
from fractions import Fraction as F
from itertools import product

import pytest

from mapae.detect.markets.box import Point, make_box
from mapae.detect.markets.flips import flips
from mapae.detect.markets.presumed import Rule, decide, presumed
from mapae.errors import InputError
from tests.detect.markets.boxes import chance_boxes, ways

pytestmark = pytest.mark.slow

RULE = Rule(F(1, 2), F(3, 4), 3, F(1, 10))
WITH_SALES = Rule(F(1, 2), F(3, 4), 3, F(1, 10), F(10))


@pytest.mark.parametrize("seed", range(8))
def test_the_verdict_holds_in_every_way_tried_and_shows_one_way_for_each_side(seed):
    for number, box in enumerate(chance_boxes(seed, 25)):
        rule = WITH_SALES if number % 3 == 0 else RULE
        tried = list(ways(box, number, 80))
        for at in range(len(box.names)):
            verdict = decide(box, at, rule)
            seen = {presumed(point, at, rule) is not None for point in tried}
            assert seen <= {"yes": {True}, "no": {False}, "depends": {True, False}}[verdict.answer]
            for point, wanted in ((verdict.met, True), (verdict.unmet, False)):
                if point is not None:
                    assert (presumed(point, at, rule) is not None) == wanted
                    _fits(box, point)
            if verdict.answer == "depends":
                assert verdict.met and verdict.unmet


@pytest.mark.parametrize("seed", range(6))
def test_a_fixed_total_leaves_no_way_out_that_is_not_tried(seed):
    chance = random.Random(seed)
    for _ in range(12):
        lows = [chance.randint(0, 10) for _ in range(chance.randint(2, 4))]
        firms = [
            (str(number), F(low), F(low + chance.choice([0, 0, 3, 5]))) for number, low in enumerate(lows)
        ]
        rest, spread = chance.randint(0, 4), int(sum(high - low for _, low, high in firms))
        total = F(sum(lows) + rest + chance.randint(0, spread))
        if not total:
            continue
        box = make_box(firms, rest=(F(rest), F(rest)), total=(total, total))
        every = product(*[range(int(low), int(high) + 1) for _, low, high in firms])
        points = [Point(tuple(map(F, way)), F(rest)) for way in every if sum(way) + rest == total]
        for at in range(len(firms)):
            seen = {presumed(point, at, RULE) is not None for point in points}
            assert (
                seen <= {"yes": {True}, "no": {False}, "depends": {True, False}}[decide(box, at, RULE).answer]
            )


def _fits(box, point):
    assert all(low <= a <= high for low, a, high in zip(box.low, point.amounts, box.high, strict=True))
    assert box.rest[0] <= point.rest <= box.rest[1]
    assert box.total[0] <= point.total <= box.total[1]


@pytest.mark.parametrize("seed", range(4))
def test_shares_never_leave_their_bounds(seed):
    for number, box in enumerate(chance_boxes(seed, 25)):
        ends = [box.shares(at) for at in range(len(box.names))]
        for point in ways(box, number, 60):
            for (low, high), amount in zip(ends, point.amounts, strict=True):
                assert not point.total or low <= amount / point.total <= high


@pytest.mark.parametrize("seed", range(4))
def test_each_stretch_of_an_unknown_keeps_its_answer(seed):
    for box in chance_boxes(seed, 15):
        for at in range(len(box.names)):
            for flip in flips(box, at, RULE):
                base = box.low if flip.others in ("", "lowest") else box.high
                for stretch in flip.stretches:
                    for part in (F(1, 9), F(1, 2), F(8, 9)):
                        amounts = list(base)
                        amounts[flip.unknown] = stretch.start + (stretch.end - stretch.start) * part
                        point = box.point(amounts)
                        assert point and (presumed(point, at, RULE) is not None) == stretch.met


def known(*amounts):
    return make_box([(str(number), F(str(value)), F(str(value))) for number, value in enumerate(amounts)])


CASES = [
    (("38.4", "30.8", "11.2", "8.3", "11.3"), "yes yes no no yes"),
    ((50, 20, 15, 15), "yes yes yes yes"),
    (("49.99", "20.01", 15, 15), "yes yes yes yes"),
    ((40, 25, 10, "9.99", "9.99", "5.02"), "yes yes yes no no no"),
    ((40, 26, 9, 9, 8, 8), "yes yes no no no no"),
    ((40, 25, "9.99", "9.99", "9.99", "5.03"), "no no no no no no"),
    ((30, 24, 20, 16, 10), "no no no no no"),
    ((100,), "yes"),
]


@pytest.mark.parametrize(("amounts", "answers"), CASES)
def test_known_markets_are_decided_as_the_law_reads(amounts, answers):
    box = known(*amounts)
    assert " ".join(decide(box, at, RULE).answer for at in range(len(amounts))) == answers


def test_a_single_firm_flips_where_the_unknown_rival_passes_its_amount():
    box = make_box([("A", F(60), F(60)), ("B", F(20), F(200))])
    (flip,) = flips(box, 0, Rule(F(1, 2), F(2), 3, F(1, 10)))
    assert [(one.start, one.end, one.met) for one in flip.stretches] == [(20, 60, True), (60, 200, False)]


def test_bounds_that_cannot_meet_the_total_are_refused():
    with pytest.raises(InputError, match="add up to the total"):
        make_box([("A", F(60), F(70)), ("B", F(50), F(60))], rest=(F(0), None), total=(F(100), F(100)))
