import json

import pytest

from mapae.errors import InputError, UsageError
from mapae.model.records import KINDS
from mapae.sources import open_source
from mapae.sources.layouts import choose, plan

HEADERS = [
    # columns, kind, some targets with their source
    (
        "상품번호 상품명 판매가 브랜드 모델명 상품설명 판매자 바코드",
        "listing",
        {"title": "상품명", "price": "판매가", "seller_name": "판매자", "gtin": "바코드"},
    ),
    (
        "商品编号 商品名称 价格 品牌 型号 店铺名称 商品链接",
        "listing",
        {"title": "商品名称", "price": "价格", "model": "型号", "url": "商品链接"},
    ),
    (
        "宝贝标题 宝贝ID 售价 掌柜名",
        "listing",
        {"title": "宝贝标题", "listing_id": "宝贝ID", "seller_name": "掌柜名"},
    ),
    (
        "등록상품ID 등록상품명 노출상품명 노출상품ID 옵션ID 업체상품코드 판매가격",
        "listing",
        {"title": "노출상품명", "price": "판매가격"},
    ),
    (
        "id title description link image_link availability price condition brand gtin google_product_category mpn",
        "listing",
        {"url": "link", "model": "mpn"},
    ),
    ("Handle Title Vendor Type", "listing", {"title": "Title"}),
    (
        "ad_archive_id page_id page_name ad_creative_bodies ad_creative_link_titles ad_delivery_start_time "
        "ad_snapshot_url impressions spend currency publisher_platforms",
        "advert",
        {
            "advert_id": "ad_archive_id",
            "text": "ad_creative_bodies",
            "headline": "ad_creative_link_titles",
            "advertiser_name": "page_name",
        },
    ),
    (
        "advertiser_id creative_id creative_page_url ad_format_type advertiser_disclosed_name "
        "advertiser_legal_name region_stats topic",
        "advert",
        {
            "advert_id": "creative_id",
            "advertiser_name": "advertiser_disclosed_name",
            "landing_url": "creative_page_url",
        },
    ),
    ("광고ID 광고주 광고문구 랜딩URL 게재시작일", "advert", {"text": "광고문구", "landing_url": "랜딩URL"}),
    (
        "접수번호 접수일 민원내용 사업자 구매일 금액",
        "complaint",
        {"text": "민원내용", "received_on": "접수일"},
    ),
    ("시료번호 시험항목 결과 단위 시험기관", "lab_result", {"substance": "시험항목", "value": "결과"}),
    (
        "신고번호 세번부호 원산지 품명 순중량",
        "consignment",
        {"consignment_id": "신고번호", "hs6_code": "세번부호"},
    ),
    ("검색어 순위 상품ID 자사상품", "search_result", {"query": "검색어", "position": "순위"}),
    ("시장 기간 사업자 매출액", "market_share", {"firm": "사업자", "value": "매출액"}),
    ("수수료명 요율 사업자 시행일", "fee", {"fee_kind": "수수료명", "rate": "요율"}),
]


@pytest.mark.parametrize(
    ("header", "kind", "targets"), HEADERS, ids=[case[1] + "-" + case[0][:12] for case in HEADERS]
)
def test_the_columns_tell_the_kind_and_what_they_mean(header, kind, targets):
    columns = header.split()
    layout = choose(columns, None, {}, "x")
    found = plan(layout, columns, {}).targets
    assert layout.kind == kind
    assert {column: found[column][0] for column in targets} == targets


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_schemas_own_names_are_known_for_every_kind(kind):
    columns = list(KINDS[kind].columns)
    layout = choose(columns, None, {}, "x")
    assert layout.kind == kind
    assert {column: names[0] for column, names in plan(layout, columns, {}).targets.items()} == {
        c: c for c in columns
    }


@pytest.mark.parametrize(
    "name", ["Product Name", "product_name", "productName", "PRODUCT-NAME", "Ｐroduct　Name"]
)
def test_names_are_compared_without_case_spaces_and_punctuation(name):
    assert plan(choose([name, "price"], None, {}, "x"), [name, "price"], {}).targets["title"] == (name,)


def test_a_mapping_gives_unknown_columns_a_meaning(read):
    rows, _ = read("a.csv", "spalte eins,x\nSchuh,5 €\n", mapping={"title": "spalte eins", "price": "x"})
    assert (rows[0]["title"], rows[0]["price"], rows[0]["currency"]) == ("Schuh", 5.0, "EUR")


@pytest.mark.parametrize(
    ("mapping", "word"),
    [({"titel": "a"}, "columns of a listing"), ({"title": "none"}, "columns seen"), ({}, "--map")],
)
def test_a_wrong_or_missing_mapping_is_refused_with_the_columns_seen(read, mapping, word):
    with pytest.raises(InputError, match=word):
        read("a.csv", "a,b\n1,2\n", mapping=mapping)


def test_an_unknown_kind_is_bad_use(tmp_path):
    with pytest.raises(UsageError, match="kinds are"):
        open_source(tmp_path, "nonsense")


def test_a_listing_without_id_gets_the_same_one_each_time(read):
    text = "title,price,url\na,1,https://www.aliexpress.com/item/100500.html?spm=x\nb,2,https://a.kr/x?utm_source=y&id=3#top\nb,2,https://a.kr/x?id=3\nc,3,\n"
    ids = [row["listing_id"] for row in read("a.csv", text)[0]]
    assert ids[0] == "100500"
    assert ids[1] == ids[2] and ids[1].startswith("url-")
    assert ids[3].startswith("row-")
    assert ids == [row["listing_id"] for row in read("b.csv", text)[0]]


def test_platform_and_money_come_from_the_address_where_nothing_else_says_them(read):
    rows, _ = read(
        "a.csv", "title,price,url\na,10.000,https://shopee.co.id/x-i.1.2\nb,$5,https://shopee.sg/x-i.1.2\n"
    )
    assert [(r["platform"], r["price"], r["currency"]) for r in rows] == [
        ("Shopee", 10000, "IDR"),
        ("Shopee", 5, "SGD"),
    ]


def test_a_range_of_prices_keeps_its_words_in_extra(read):
    rows, source = read("a.csv", 'title,price\na,"US $3.99-5.20"\n')
    assert (rows[0]["price"], rows[0]["currency"]) == (3.99, "USD")
    assert json.loads(rows[0]["extra"]) == {"price": "US $3.99-5.20"}
    assert source.cells_rejected == 0


def test_a_gtin_that_a_spreadsheet_shortened_is_set_aside(read):
    rows, source = read(
        "a.csv", "title,price,gtin\na,1,8.80123E+12\nb,1,880-1234 567890\nc,1,8801234567890.0\n"
    )
    assert [row["gtin"] for row in rows] == [None, "8801234567890", "8801234567890"]
    assert source.cells_rejected == 1


REAL = [
    (
        "listings/shopee.csv",
        "listing",
        "shopee",
        1000,
        {"title": 1000, "price": 1000, "currency": 1000, "platform": 1000, "brand": 250},
    ),
    (
        "listings/lazada.csv",
        "listing",
        "lazada",
        1000,
        {"title": 1000, "price": 1000, "category": 1000, "brand": 1000, "model": 400},
    ),
    (
        "listings/shein.csv",
        "listing",
        "shein",
        1000,
        {"title": 1000, "price": 1000, "image_urls": 1000, "model": 1000},
    ),
    (
        "listings/aliexpress.csv",
        "listing",
        "aliexpress",
        30,
        {"title": 30, "price": 30, "seller_name": 30, "currency": 30},
    ),
    (
        "customs/valid.csv",
        "consignment",
        "customs-declarations",
        8134,
        {"consignment_id": 8134, "extra": 8134},
    ),
]


@pytest.mark.parametrize(("name", "kind", "profile", "rows", "filled"), REAL, ids=[case[0] for case in REAL])
def test_real_files_are_read_as_they_come_without_a_reject(shared, name, kind, profile, rows, filled):
    source = open_source(shared / "data" / name)
    batches = list(source.batches())
    assert (source.kind, source.profile, source.rows_read) == (kind, profile, rows)
    assert (source.rows_rejected, source.cells_rejected) == (0, 0)
    for column, least in filled.items():
        assert sum(batch.num_rows - batch.column(column).null_count for batch in batches) >= least


def test_a_file_of_id_and_title_holds_listings():
    assert choose(["id", "title"], None, {}, "x").kind == "listing"
    assert choose(["id", "title", "advertiser"], None, {}, "x").kind == "advert"


@pytest.mark.parametrize(
    ("columns", "mend"),
    [
        (["1001", "Toy car", "12.5"], "the first line looks like a row"),
        (["title"], "say --kind listing"),
        (["alpha", "beta"], "--map title='alpha'"),
    ],
)
def test_columns_that_fit_nothing_are_answered_with_what_helps(columns, mend):
    with pytest.raises(InputError, match="fit no kind") as caught:
        choose(columns, None, {}, "x")
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("table", "prices"),
    [
        ("상품명,판매가(원)\nA,12900\nB,US $3\n", [(12900.0, "KRW"), (3.0, "USD")]),
        ("title,price_usd,url\nA,5,https://shop.example.kr/1\n", [(5.0, "USD")]),
        ("목록 (단위: 원)\n상품명,판매가,브랜드\nA,5000,B\n", [(5000.0, "KRW")]),
        ("title,price,currency\nA,5,usd\nB,5,원\nC,5,XYZ\n", [(5.0, "USD"), (5.0, "KRW"), (5.0, "XYZ")]),
    ],
)
def test_a_currency_is_known_from_the_heading_where_the_row_says_none(read, table, prices):
    rows, _ = read("x.csv", table)
    assert [(row["price"], row["currency"]) for row in rows] == prices


def test_variants_of_a_shop_export_are_given_the_words_of_their_first_row(read):
    head = "Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n"
    table = (
        head
        + "ring,Teether,<p>Soft</p>,Lumo,Toys,Colour,Red,S1,3,\nring,,,,,,Blue,S2,4,\nball,Ball,,,,,,S3,5,\n,,,,,,,S4,6,\n"
    )
    for rows_at_once in (1, 100):
        rows, source = read("shop.csv", table, batch_rows=rows_at_once)
        assert source.profile == "shopify"
        assert [(row["listing_id"], row["title"], row["brand"]) for row in rows] == [
            ("S1", "Teether", "Lumo"), ("S2", "Teether", "Lumo"), ("S3", "Ball", None), ("S4", None, None),
        ]  # fmt: skip
