import contextlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapae.errors import InputError
from mapae.sources import open_source

pytestmark = pytest.mark.slow

STARTS = [
    *(
        b"",
        b"title,price\n",
        b'{"title":',
        b'[{"title":"a"},',
        b"<html>",
        b"<rss><item>",
        b"PAR1",
        b"PK\x03\x04",
    ),
    *(b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0"),
    b'<script type="application/ld+json">{"@type":"Product"',
]
QUIET = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@QUIET
@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_an_input_error(tmp_path_factory, start, noise):
    path = tmp_path_factory.mktemp("fuzz") / "a.bin"
    path.write_bytes(start + noise)
    with contextlib.suppress(InputError):
        source = open_source(path)
        for batch in source.batches():
            batch.validate(full=True)
        list(source.rejects())


@QUIET
@given(
    st.lists(
        st.text(st.sampled_from("abc ,1é가"), min_size=1, max_size=15).filter(lambda line: line.strip(" ,")),
        max_size=30,
    )
)
def test_every_data_line_of_a_csv_is_a_row_or_a_reject(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("fuzz") / "a.csv"
    path.write_text("title,price,brand\n" + "".join(line + "\n" for line in lines))
    source = open_source(path, "listing")
    assert sum(batch.num_rows for batch in source.batches()) + source.rows_rejected == len(lines)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "price", "brand", "x", "gtin"]), inner, max_size=4), max_leaves=8)  # fmt: skip # noqa: E501


@QUIET
@given(st.lists(JSON, max_size=12), st.sampled_from(["lines", "array", "pretty"]))
def test_every_json_value_is_a_row_or_a_reject(tmp_path_factory, values, form):
    values = [{"title": "first", "price": 1}, *values]
    if form != "lines":
        values = [value for value in values if isinstance(value, dict)]
    text = (
        "".join(json.dumps(v) + "\n" for v in values)
        if form == "lines"
        else json.dumps(values, indent=1 if form == "pretty" else None)
    )
    path = tmp_path_factory.mktemp("fuzz") / "a.json"
    path.write_text(text)
    source = open_source(path, "listing")
    assert sum(batch.num_rows for batch in source.batches()) + source.rows_rejected == len(values)


@pytest.mark.parametrize("form", ["lines", "array", "pretty", "csv"])
def test_the_same_records_read_the_same_in_every_form(read, form):
    records = [
        {
            "listing_id": str(i),
            "title": f't {i}, "x"',
            "price": f"{i}.5",
            "brand": "B",
            "other": "o" * (i % 3),
        }
        for i in range(50)
    ]
    if form == "csv":
        text = "listing_id,title,price,brand,other\n" + "".join(
            '{listing_id},"t {listing_id}, ""x""",{price},B,{other}\n'.format(**r) for r in records
        )
    else:
        text = (
            "\n".join(map(json.dumps, records))
            if form == "lines"
            else json.dumps(records, indent=2 if form == "pretty" else None)
        )
    rows, _ = read("a.txt", text)
    assert [(r["listing_id"], r["title"], r["price"], r["brand"]) for r in rows] == [
        (r["listing_id"], r["title"], float(r["price"]), "B") for r in records
    ]


VALUE = st.sampled_from(
    [
        "x",
        "ünï",
        "1",
        "null",
        "",
        1,
        2**60,
        2**70,
        1.5,
        1e300,
        True,
        None,
        ["a", "b"],
        [],
        ["a", None],
        {"name": "n"},
    ]
)
RECORD = st.dictionaries(
    st.sampled_from(["title", "price", "brand", "gtin", "first_seen", "image_urls", "zz"]), VALUE, max_size=5
)


@QUIET
@given(
    RECORD,
    st.lists(RECORD, max_size=4),
    st.sampled_from([b"", b"\n", b'{"title":1}{"title":2}\n', b'{"title":"\xff"}\n', b"7\n"]),
)
def test_quick_and_careful_reading_of_json_lines_give_the_same(tmp_path_factory, first, others, odd):
    from mapae.sources import json_reader

    path = tmp_path_factory.mktemp("fuzz") / "a.jsonl"
    same = json.dumps({"title": "t"} | first).encode() + b"\n"
    path.write_bytes(same * 120 + b"".join(json.dumps(row).encode() + b"\n" for row in others) + odd)
    results = []
    for few in (1, 10**9):
        kept, json_reader._FEW = json_reader._FEW, few
        try:
            source = open_source(path, "listing")
            rows = [row for batch in source.batches() for row in batch.to_pylist()]
        finally:
            json_reader._FEW = kept
        for row in rows:
            row["extra"] = json.loads(row["extra"] or "{}")
        results.append((rows, list(source.rejects())))
    assert results[0] == results[1]
