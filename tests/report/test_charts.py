"""Charts can be read in grey and by ear: every value in words, parts of a period striped, text escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from mapae.report.charts import Point, chart

_SPACE = "{http://www.w3.org/2000/svg}"
POINTS = st.lists(
    st.builds(Point, st.text("ab<&가1", max_size=5), st.floats(-1e13, 1e13), st.text("12,.<", max_size=6), st.booleans()),
    min_size=1,
    max_size=40,
)  # fmt: skip


@given(POINTS)
def test_a_chart_is_wellformed_and_stays_within_its_frame(points: list[Point]) -> None:
    root = ET.fromstring(chart(points, "a <b> & c", "k"))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for each in root.iter(f"{_SPACE}rect"):
        if "x" in each.attrib:
            assert (
                float(each.attrib["y"]) >= -0.1
                and float(each.attrib["y"]) + float(each.attrib["height"]) <= height
            )
            assert float(each.attrib["x"]) + float(each.attrib["width"]) <= width
    for each in root.iter(f"{_SPACE}circle"):
        assert 0 <= float(each.attrib["cx"]) <= width and 0 <= float(each.attrib["cy"]) <= height


def test_bars_are_as_high_as_their_values_and_parts_of_a_year_are_striped() -> None:
    root = ET.fromstring(chart([Point("2023", 10, "10"), Point("2024", 20, "20", partial=True)], "t", "k"))
    low, high = (each for each in root.findall(f"{_SPACE}rect"))
    assert float(high.attrib["height"]) == 2 * float(low.attrib["height"])
    assert low.attrib["fill"] == "currentColor" and high.attrib["fill"] == "url(#stripes-k)"
    assert root.attrib["aria-label"] == "t: 2023 10; 2024 20"


def test_many_figures_become_a_line_and_none_become_nothing() -> None:
    assert chart([], "t", "k") == ""
    assert "polyline" in chart([Point(str(at), at, str(at)) for at in range(30)], "t", "k")
