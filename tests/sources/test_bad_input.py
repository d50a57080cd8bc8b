import gzip
import io
import json
import os
from datetime import datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapae.errors import InputError
from mapae.sources import expand, open_source

HEAD = "listing_id,title,price,description\n"


def lines(first: int, last: int) -> str:
    return "".join(f'{i},Product {i},{i}.50,"some, text {i}"\n' for i in range(first, last))


CUT = gzip.compress((HEAD + lines(0, 5000)).encode())
CASES = [
    # name, content, good rows, rejected rows, a word of the reason or note
    ("cut.csv.gz", CUT[: len(CUT) // 2], None, None, "cut off or damaged"),
    (
        "damaged.csv.gz",
        CUT[: len(CUT) * 3 // 4] + b"\xff\x00" + CUT[len(CUT) * 3 // 4 + 2 :],
        None,
        None,
        "cut off or damaged",
    ),
    (
        "mixed.csv",
        (HEAD + lines(0, 9) + "9,무선 이어폰,3,좋은 상품\n").encode()
        + "10,여성 운동화 정품,3,상품 설명\n".encode("cp949")
        + lines(11, 20).encode(),
        20,
        0,
        "read as cp949",
    ),
    (
        "odd-bytes.csv",
        (HEAD + lines(0, 3)).encode() + "3,상품,1,".encode() + b"\xff\xfe\xfa\n",
        4,
        0,
        "fit no encoding",
    ),
    ("big-cell.csv", HEAD + lines(0, 3) + '3,big,1,"' + "x, y\n" * 2_200_000 + '"\n' + lines(4, 7), 7, 0, ""),
    (
        "wide.csv",
        ",".join(["title", "price", *(f"c{i}" for i in range(5000))])
        + "\n"
        + ("t,1" + ",v" * 5000 + "\n") * 5,
        5,
        0,
        "",
    ),
    ("same-ids.csv", HEAD + lines(0, 3) + lines(0, 3), 6, 0, ""),
    ("same-columns.csv", "id,title,title,price\n1,a,b,3\n", 1, 0, ""),
    ("nul.csv", (HEAD + lines(0, 3)).replace("Product 1", "Prod\0uct 1"), 3, 0, "zero bytes"),
    ("header-only.csv", HEAD, 0, 0, "no rows"),
    (
        "ragged.csv",
        HEAD + lines(0, 3) + "3,only two\n4,a,5,b,c,d\n5,x,6,y,,\n" + lines(6, 9),
        7,
        2,
        "cells where the header has 4",
    ),
    (
        "open-quote.csv",
        HEAD + lines(0, 9) + '9,bad,3,"never closed\n' + lines(10, 50_000),
        49_999,
        1,
        "never closed",
    ),
    (
        "two-quotes.csv",
        HEAD + lines(0, 9) + '9,"bad,3,x\n' + lines(10, 99) + '99,"bad,3,x\n' + lines(100, 105),
        103,
        2,
        "never closed",
    ),
    (
        "inner-quotes.csv",
        HEAD + '1,5" screen,3,a\n2,"a "quoted" word",3,b\n3,"6"" pan",4,c\n',
        3,
        0,
        "not doubled",
    ),
    (
        "broken.jsonl",
        '{"title":"a","price":1}\n{"title": bad\n[1]\n\n{"title":"b","price":NaN}\n{"title":"c","price":1'
        + "0" * 400
        + "}\n",
        3,
        2,
        "no JSON",
    ),
    (
        "deep.jsonl",
        '{"title":"a","price":1}\n{"title":"b","x":' + "[" * 100_000 + "]" * 100_000 + '}\n{"title":"c"}\n',
        2,
        1,
        "depth",
    ),
    (
        "cut.json",
        json.dumps([{"title": f"t{i}", "price": i} for i in range(50)], indent=1)[:-30],
        49,
        1,
        "cut off",
    ),
    ("between.json", '[{"title":"a","price":1}, 7, {"title":"b"}]', 2, 1, "something else"),
    (
        "cut.xml",
        "<rss><channel><item><title>a</title><price>3 USD</price></item><item><title>b",
        2,
        0,
        "damaged",
    ),
    ("bomb.csv.gz", gzip.compress(b"title,price\na,1\n" + b"a" * 120_000_000), 1, 1, "longer than 32 MiB"),
]


@pytest.mark.parametrize(("name", "content", "good", "bad", "word"), CASES, ids=[case[0] for case in CASES])
def test_good_rows_are_kept_and_what_is_wrong_is_said(read, name, content, good, bad, word):
    rows, source = read(name, content)
    if good is None:
        assert 1000 < len(rows) < 5000
        assert rows[999]["title"] == "Product 999"
    else:
        assert (len(rows), source.rows_rejected) == (good, bad)
    said = " ".join([*source.notes, *(reject.reason for reject in source.rejects())])
    assert word in said
    assert all(reject.path == str(source.path) and len(reject.raw) <= 2000 for reject in source.rejects())


REFUSED = [
    ("empty.csv", b"", "empty"),
    ("blank.csv", b"\n\n", "empty"),
    ("noise.csv", os.urandom(50_000), "no text"),
    ("words.txt", b"hello world\nthis is nothing\n", "--map"),
    ("fake.xlsx", b"PK\x03\x04" + os.urandom(500), "cannot be read"),
    ("locked.xlsx", b"\xd0\xcf\x11\xe0" + bytes(3000) + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("cut.parquet", b"PAR1" + bytes(5000), "cannot be opened"),
    ("empty.xml", b"<rss><channel></channel></rss>", "no items"),
]


@pytest.mark.parametrize(("name", "content", "word"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_without_records_is_refused_with_what_where_and_how_to_mend_it(tmp_path, name, content, word):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(open_source(tmp_path / name).batches())
    assert word in str(caught.value)
    assert name in caught.value.where
    assert caught.value.mend


def test_a_line_that_cannot_be_read_is_shown_with_its_number(read):
    _, source = read("a.csv", HEAD + lines(0, 3) + "3,short\n" + lines(4, 6))
    (reject,) = source.rejects()
    assert (reject.line, reject.column, reject.raw) == (5, None, "3,short\n")


def test_a_cell_that_cannot_be_read_leaves_its_row_and_stays_in_extra(read):
    rows, source = read("a.csv", "title,price,first_seen\nshoe,cheap,2024-13-45\n")
    assert (rows[0]["title"], rows[0]["price"], rows[0]["first_seen"]) == ("shoe", None, None)
    assert json.loads(rows[0]["extra"]) == {"price": "cheap", "first_seen": "2024-13-45"}
    assert [(r.line, r.column) for r in source.rejects()] == [(2, "first_seen"), (2, "price")]
    assert (source.rows_rejected, source.cells_rejected) == (0, 2)


def test_parquet_of_wrong_types_is_cast_and_what_cannot_be_is_set_aside(read):
    table = pa.table(
        {
            "listing_id": [1, 2, 3],
            "title": [1.5, 2.0, None],
            "price": ["a", "3.5", "₩12,900"],
            "brand": [["x", "y"], None, ["z"]],
            "first_seen": pa.array([1, 2, 3], pa.timestamp("s")),
            "gtin": [8801234567890.0] * 3,
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    rows, source = read("wrong.parquet", buffer.getvalue())
    assert [row["price"] for row in rows] == [None, 3.5, 12900.0]
    assert [row["title"] for row in rows] == ["1.5", "2", None]
    assert (rows[0]["listing_id"], rows[0]["brand"], rows[0]["gtin"]) == ("1", "x\ny", "8801234567890")
    assert [(r.line, r.column, r.raw) for r in source.rejects()] == [(1, "price", "a")]


def test_a_damaged_row_group_costs_its_own_rows_only(read):
    buffer = io.BytesIO()
    table = pa.table({"title": [f"t{i}" * 50 for i in range(10_000)], "price": list(range(10_000))})
    pq.write_table(table, buffer, row_group_size=1000, compression="none", use_dictionary=False)
    data = bytearray(buffer.getvalue())
    data[len(data) // 2 : len(data) // 2 + 3000] = b"\xff" * 3000
    rows, source = read("damaged.parquet", bytes(data))
    assert len(rows) + source.rows_rejected == 10_000
    assert len(rows) == 9000


def test_a_workbook_with_a_heading_above_its_header_is_read(read):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["보고서"],
        [],
        ["상품명", "판매가", "브랜드", "등록일"],
        ["이어폰", 12900, "삼성", datetime(2024, 9, 3)],
        [],
        ["가방", "₩5,000"],
    ):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    rows, _ = read("x.xlsx", buffer.getvalue())
    assert [(r["title"], r["price"], r["brand"], r["first_seen"]) for r in rows] == [
        ("이어폰", 12900.0, "삼성", "2024-09-03"),
        ("가방", 5000.0, None, None),
    ]


def test_a_folder_without_a_known_file_and_a_missing_path_are_refused(tmp_path):
    (tmp_path / "notes.doc").write_text("x")
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(InputError):
            expand([path])
    with pytest.raises(InputError):
        open_source(tmp_path)


def test_a_folder_stands_for_its_known_files_in_order(tmp_path):
    for name in ("b.csv", "a.jsonl.gz", "c.txt", ".hidden.csv"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in expand([tmp_path, tmp_path / "b.csv"])] == ["a.jsonl.gz", "b.csv"]


def test_a_pipe_is_refused_at_once(tmp_path):
    pipe = tmp_path / "listings.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="cannot be read twice"):
        open_source(pipe)


@pytest.mark.parametrize("start", [b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd" + bytes(50)])
def test_a_packed_file_that_gives_nothing_is_told_as_damaged(read, start):
    with pytest.raises(InputError, match="damaged from its start"):
        read("listings.csv.gz", start)


def test_a_misspelt_column_of_a_mapping_is_answered_with_the_near_one(read):
    with pytest.raises(InputError, match="no kind has") as caught:
        read("x.csv", "name,price\nA,3\n", mapping={"tilte": "name"})
    assert "did you mean title" in caught.value.mend
