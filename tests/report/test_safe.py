import pytest

from mapae.report.safe import safe_cell


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1", "  =1", '"=1', "＝1", "\ufeff=1", "\r\n=1"],
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "shoe", "a=b", "-12.50", "+82", 12, -1.5, None, "나이키", "3-in-1"])
def test_everything_else_stays_as_it_is(cell):
    assert safe_cell(cell) == cell
