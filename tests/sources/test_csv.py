import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.sources import csv_reader
from mapae.sources.csv_reader import CsvReader
from mapae.sources.rejects import RejectLog

CELL = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t", exclude_characters="\ufeff"
    ),
    max_size=12,
)
TABLE = st.lists(st.tuples(CELL, CELL, CELL), max_size=12)


def table(path, log):
    reader = CsvReader(path, log, lambda names: len({"title", "price", "brand"} & set(names)))
    return [
        row
        for block in reader.blocks()
        for row in zip(*(c.to_pylist() for c in block.columns.values()), block.lines.tolist(), strict=True)
    ]


@given(TABLE, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_a_csv_writer_wrote_is_read_back(tmp_path_factory, rows, delimiter, newline, every):
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=newline,
        quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL,
    )
    writer.writerow(["title", "price", "brand"])
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(out.getvalue().encode())
    log = RejectLog(path)
    got = [row[:3] for row in table(path, log)]
    assert got == [tuple(cell or None for cell in row) for row in rows if any(cell for cell in row)] or any(
        not any(cell.strip() for cell in row) for row in rows
    )
    assert log.rows == 0


@settings(max_examples=200)
@given(st.text(st.sampled_from('ab",\n\r x'), max_size=80))
def test_quick_and_careful_reading_give_the_same_rows_lines_and_rejects(tmp_path_factory, body):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text("title,price,brand\n" + body, newline="")
    results = []
    for quick in (csv_reader._quick, lambda *_: None):
        kept, csv_reader._quick = csv_reader._quick, quick
        try:
            log = RejectLog(path)
            results.append((table(path, log), list(log)))
        finally:
            csv_reader._quick = kept
    assert results[0] == results[1]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(read, newline):
    rows, _ = read("a.csv", newline.join(["title,price", "a,1", "b,2"]))
    assert [(row["title"], row["price"]) for row in rows] == [("a", 1), ("b", 2)]


def test_a_cell_may_have_many_lines_and_lines_are_counted_as_in_the_file(read):
    _, source = read("a.csv", 'title,price\n"a\nb\nc",1\nx\n')
    assert [reject.line for reject in source.rejects()] == [5]


def test_formulas_are_kept_as_text(read):
    rows, _ = read("a.csv", "title,price,description\n=cmd|calc,2,@SUM(1)\n")
    assert (rows[0]["title"], rows[0]["description"]) == ("=cmd|calc", "@SUM(1)")


def test_columns_without_a_meaning_are_kept_in_extra(read):
    rows, _ = read("a.csv", 'title,price,Colour,"we""ird"\na,1,red,"x""y"\nb,2,,\n')
    assert json.loads(rows[0]["extra"]) == {"Colour": "red", 'we"ird': 'x"y'}
    assert rows[1]["extra"] is None


def test_batches_are_bounded_and_the_same_each_time(tmp_path):
    from mapae.sources import open_source

    path = tmp_path / "a.csv"
    path.write_text("title,price\n" + "".join(f"t{i},{i}\n" for i in range(1000)))
    source = open_source(path, batch_rows=64)
    sizes = [batch.num_rows for batch in source.batches()]
    assert max(sizes) <= 64
    assert sizes == [batch.num_rows for batch in source.batches()]
    assert (sum(sizes), source.rows_read) == (1000, 1000)
