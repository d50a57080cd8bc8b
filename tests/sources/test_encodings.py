import gzip

import pyarrow as pa
import pytest

from mapae.sources.encodings import detect

KOREAN = '상품번호,상품명,판매가,브랜드,상품설명\n1,무선 이어폰 정품,"12,900원",삼성,좋은 상품입니다\n'
CHINESE = "商品编号,商品名称,价格,品牌,店铺名称\n1,无线耳机,￥99,华为,小店\n"
TAIWAN = "商品編號,商品名稱,價格,品牌,說明\n1,無線耳機,NT$990,華為,全新商品\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, name)
        for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "euc-kr", "utf-32")
    ]
    + [(CHINESE, name) for name in ("utf-8", "gb18030", "gb2312", "utf-16")]
    + [(TAIWAN, "big5"), ("title,price,brand\ncafé öl,3,Nestlé\n", "cp1252")],
)
def test_the_encoding_is_told_by_the_bytes(read, text, encoding):
    if encoding == "gb2312":
        text = text.replace("￥", "")
    rows, source = read("a.csv", text.encode(encoding))
    assert rows[0]["title"] == text.split("\n")[1].split(",")[1 if text[:5] != "title" else 0]
    assert (len(rows), source.rows_rejected) == (1, 0)


@pytest.mark.parametrize("pack", ["gzip", "zstd"])
def test_packed_files_are_read_whatever_their_name(read, pack):
    data = (KOREAN * 1).encode()
    packed = gzip.compress(data) if pack == "gzip" else pa.Codec("zstd").compress(data, asbytes=True)
    rows, _ = read("a.csv", packed)
    assert rows[0]["title"] == "무선 이어폰 정품"


def test_packed_files_of_many_members_are_read_to_the_end(read):
    rows, _ = read("a.csv.gz", gzip.compress(b"title,price\na,1\n") + gzip.compress(b"b,2\n") + bytes(100))
    assert [row["title"] for row in rows] == ["a", "b"]


@pytest.mark.parametrize(
    "noise", [bytes(range(256)) * 8, b"\x7fELF" + bytes(200), b"\x89PNG\r\n\x1a\n" + bytes(100)]
)
def test_what_is_no_text_has_no_encoding(noise):
    assert detect(noise) == ""
