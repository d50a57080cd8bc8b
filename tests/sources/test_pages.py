import json

import pytest

PRODUCT = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "Baby teether",
    "brand": {"@type": "Brand", "name": "Lumi"},
    "mpn": "T-1",
    "gtin13": "8801234567893",
    "image": ["https://a.kr/1.jpg", {"url": "https://a.kr/2.jpg"}],
    "offers": [{"@type": "Offer", "price": "12.90", "priceCurrency": "USD", "seller": {"name": "Shop A"}}],
}


def page(*products, body="", head="") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(p)}</script>' for p in products)
    top = f'<!doctype html><html lang="en"><head><title>x</title>{head}{scripts}</head>'
    return f"{top}<body>{body}<p>words</p></body></html>"


def test_json_ld_gives_the_listing_and_the_page_is_kept(read):
    text = page(PRODUCT, head='<link rel="canonical" href="https://www.temu.com/x-g-123.html">')
    (row,), source = read("a.html", text)
    assert source.profile == "product-page"
    wanted = {
        "listing_id": "123",
        "platform": "Temu",
        "title": "Baby teether",
        "brand": "Lumi",
        "model": "T-1",
        "gtin": "8801234567893",
        "price": 12.9,
        "currency": "USD",
        "seller_name": "Shop A",
        "image_urls": "https://a.kr/1.jpg https://a.kr/2.jpg",
        "language": "en",
        "page_html": text,
    }
    assert {name: row[name] for name in wanted} == wanted
    assert json.loads(row["extra"]) == {"page_syntax": "json-ld"}


@pytest.mark.parametrize(
    "wrapped",
    [{"@graph": [{"@type": "WebPage"}, PRODUCT]}, [PRODUCT], {"@type": "ItemPage", "mainEntity": PRODUCT}],
)
def test_a_product_is_found_wherever_it_stands_in_the_graph(read, wrapped):
    (row,), _ = read("a.html", page(wrapped))
    assert row["title"] == "Baby teether"


def test_a_list_of_products_gives_a_listing_each(read):
    items = [
        {"@type": "ListItem", "item": PRODUCT | {"name": f"P{i}", "url": f"https://a.kr/{i}"}}
        for i in range(5)
    ]
    rows, _ = read("a.html", page({"@type": "ItemList", "itemListElement": items}))
    assert [row["title"] for row in rows] == [f"P{i}" for i in range(5)]
    assert len({row["listing_id"] for row in rows}) == 5


def test_microdata_is_read(read):
    body = """<div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Anvil</span>
    <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR">
    <span itemprop="price" content="9.5">9,50</span></div></div>"""
    (row,), _ = read("a.html", page(body=body))
    assert (row["title"], row["price"], row["currency"]) == ("Anvil", 9.5, "EUR")


def test_rdfa_lite_is_read(read):
    body = """<div vocab="https://schema.org/" typeof="Product"><span property="name">Lamp</span>
    <div property="offers" typeof="Offer"><span property="price">7.00</span>
    <meta property="priceCurrency" content="USD"></div></div>"""
    (row,), _ = read("a.html", page(body=body))
    assert (row["title"], row["price"]) == ("Lamp", 7.0)


def test_open_graph_is_read(read):
    head = """<meta property="og:type" content="product"><meta property="og:title" content="Bag">
    <meta property="product:price:amount" content="25000"><meta property="product:price:currency" content="KRW">
    <meta property="og:url" content="https://www.11st.co.kr/products/777">"""
    (row,), _ = read("a.html", page(head=head))
    assert (row["title"], row["price"], row["currency"], row["listing_id"]) == ("Bag", 25000, "KRW", "777")


def test_a_page_without_markup_is_read_by_its_looks(read):
    body = """<nav class="breadcrumb"><a>Home</a><a>Toys</a></nav><h1>장난감 칼</h1><del>20,000원</del>
    <div>배송비 3,000원</div><span class="price"><b>12,900</b>원</span><div class="seller-name">가게</div>"""
    (row,), _ = read("a.html", page(body=body))
    assert (row["title"], row["price"], row["category"], row["seller_name"]) == (
        "장난감 칼",
        12900,
        "Home > Toys",
        "가게",
    )


def test_a_page_that_shows_no_product_still_gives_its_words_and_html(read):
    (row,), _ = read("a.html", page(body="<div>성인 인증 후 이용</div>"))
    assert row["title"] == "x"
    assert "성인 인증" in row["description"]
    assert "성인 인증" in row["page_html"]


@pytest.mark.parametrize("depth", [900, 10_000])
def test_bottomless_json_ld_does_not_stop_the_page(read, depth):
    script = (
        '<script type="application/ld+json">'
        + '{"a":' * depth
        + json.dumps(PRODUCT)
        + "}" * depth
        + "</script>"
    )
    (row,), _ = read(
        "a.html", page(body=script + '<h1>Seen</h1><b class="price">$3.00</b>' + "<div>" * depth)
    )
    assert row["title"] in ("Seen", "Baby teether")


def test_of_a_huge_page_the_first_16_mib_are_read_and_kept_and_this_is_said(read):
    (row,), source = read("a.html", page(PRODUCT) + "<p>word</p>" * 2_000_000)
    assert row["title"] == "Baby teether"
    assert len(row["page_html"]) == 16 << 20
    assert "16 MiB" in source.notes[0]


@pytest.mark.parametrize("encoding", ["euc-kr", "utf-8", "gb2312"])
def test_the_pages_own_charset_is_used(read, encoding):
    word = "商品名称 耳机" if encoding == "gb2312" else "무선 이어폰 정품"
    (row,), _ = read(
        "a.html",
        f'<html><meta charset="{encoding}"><h1>{word}</h1><b class="price">$3</b></html>'.encode(encoding),
    )
    assert row["title"] == word


def test_a_page_of_kind_policy_is_one_document(read):
    (row,), source = read(
        "terms.html", page(body="<h2>개인정보 처리방침</h2><script>x</script>"), kind="policy"
    )
    assert source.kind == "policy"
    assert (row["document_id"], row["text"]) == ("terms", "## 개인정보 처리방침\nwords")


def test_saved_pages_of_a_shop_without_markup_are_read(shared):
    from mapae.sources import expand, open_source

    found = {
        path.name: [row for batch in open_source(path).batches() for row in batch.to_pylist()]
        for path in expand([shared / "data" / "pages"])
    }
    detail, search = found["쿠팡상세페이지.html"], found["쿠팡검색결과.html"]
    assert (detail[0]["price"], detail[0]["currency"], detail[0]["platform"]) == (130750, "KRW", "Coupang")
    assert len(search) == 36
    assert all(
        row["title"] and row["price"] and row["url"].startswith("https://www.coupang.com/") for row in search
    )
    assert found["gnc검색결과.html"][0]["price"] == 44.99
    assert found["opengraph_ns_product_test.html"][0]["gtin"] == "32429335302"
    assert found["product_microdata.html"][0]["model"] == "925872"


def test_variants_have_what_their_group_tells_and_the_first_keeps_the_page(read):
    group = {
        "@type": "ProductGroup", "name": "Hoodie", "brand": {"@id": "#maker"},
        "hasVariant": [
            {"@type": "Product", "sku": f"H-{size}", "name": f"Hoodie {size}", "gtin13": gtin,
             "offers": {"price": 39.9, "priceCurrency": "usd"}}
            for size, gtin in (("S", "8801234567893"), ("M", "8801234567909"))
        ],
    }  # fmt: skip
    text = page(group, {"@type": "Brand", "@id": "#maker", "name": "Lumi"})
    rows, _ = read("a.html", text)
    assert [
        (row["listing_id"], row["title"], row["brand"], row["gtin"], row["currency"]) for row in rows
    ] == [
        ("H-S", "Hoodie S", "Lumi", "8801234567893", "USD"),
        ("H-M", "Hoodie M", "Lumi", "8801234567909", "USD"),
    ]
    assert [row["page_html"] for row in rows] == [text, None]


def test_a_group_without_variants_is_a_product(read):
    (row,), _ = read("a.html", page({"@type": "ProductGroup", "name": "Hoodie", "hasVariant": []}))
    assert row["title"] == "Hoodie"
