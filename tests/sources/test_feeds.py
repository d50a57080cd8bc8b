import json

ITEM = "<item><g:id>1</g:id><title>Plain</title><g:title>Own</g:title><g:price>15.00 USD</g:price><link>https://a.kr/1</link><g:gtin>880</g:gtin><g:image_link>https://a.kr/1.jpg</g:image_link><g:additional_image_link>https://a.kr/2.jpg</g:additional_image_link><g:additional_image_link>https://a.kr/3.jpg</g:additional_image_link></item>"


def test_a_merchant_feed_in_rss_is_read_with_googles_names_first(read):
    space = 'xmlns:g="http://base.google.com/ns/1.0"'
    text = f'<?xml version="1.0"?><rss {space}><channel><title>shop</title>{ITEM * 3}</channel></rss>'
    rows, _ = read("feed.xml", text)
    assert len(rows) == 3
    row = rows[0]
    assert (row["listing_id"], row["title"], row["price"], row["currency"]) == ("1", "Own", 15.0, "USD")
    assert row["image_urls"].split() == ["https://a.kr/1.jpg", "https://a.kr/2.jpg", "https://a.kr/3.jpg"]


def test_a_merchant_feed_in_atom_is_read(read):
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>shop</title>
    <entry><g:id>7</g:id><title>T</title><link href="https://a.kr/7"/><g:price>9 EUR</g:price></entry></feed>"""
    (row,), _ = read("feed.xml", text)
    assert (row["listing_id"], row["url"], row["price"]) == ("7", "https://a.kr/7", 9.0)


def test_a_merchant_feed_as_tabs_is_told_by_its_columns(read):
    columns = "id title description link image_link availability price condition brand gtin mpn".split()
    _, source = read("feed.txt", "\t".join(columns) + "\n" + "\t".join("x" * len(columns)) + "\n")
    assert source.profile == "google-merchant"


def test_an_outside_entity_is_never_fetched(read):
    text = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><item><title>a&x;b</title><price>3</price></item></rss>'
    rows, _ = read("feed.xml", text)
    assert rows[0]["title"] in ("a b", "ab", "a", "a &x; b")


def test_a_meta_ad_library_answer_is_read(read):
    ad = {
        "id": "1",
        "page_id": "9",
        "page_name": "Shop",
        "ad_creative_bodies": ["First", "Second"],
        "ad_creative_link_titles": ["Head"],
        "ad_creative_link_captions": ["shop.example"],
        "ad_delivery_start_time": "2026-03-01",
        "ad_snapshot_url": "https://www.facebook.com/ads/archive/render_ad/?id=1",
        "publisher_platforms": ["facebook", "instagram"],
        "impressions": {"lower_bound": "1000", "upper_bound": "4999"},
        "spend": {"lower_bound": "100", "upper_bound": "199"},
        "currency": "USD",
    }
    (row,), source = read(
        "ads.json", json.dumps({"data": [ad], "paging": {"cursors": {"after": "x"}}}, indent=1)
    )
    assert (source.kind, source.profile) == ("advert", "meta-ad-library")
    assert (row["advert_id"], row["text"], row["headline"], row["advertiser_name"]) == (
        "1",
        "First\nSecond",
        "Head",
        "Shop",
    )
    assert (row["impressions"], row["spend"], row["first_shown"]) == (1000, 100, "2026-03-01")


def test_a_google_transparency_export_is_read(read):
    ad = {
        "advertiser_id": "AR1",
        "creative_id": "CR1",
        "creative_page_url": "https://adstransparency.google.com/advertiser/AR1/creative/CR1",
        "ad_format_type": "TEXT",
        "advertiser_disclosed_name": "Shop Ltd",
        "advertiser_legal_name": None,
        "region_stats": [
            {
                "region_code": "KR",
                "first_shown": "2026-03-01",
                "last_shown": "2026-03-09",
                "times_shown_lower_bound": 1000,
            }
        ],
    }
    (row,), source = read("ads.jsonl", json.dumps(ad) + "\n")
    assert source.profile == "google-ads-transparency"
    assert (row["advert_id"], row["advertiser_name"], row["platform"]) == ("CR1", "Shop Ltd", "Google")
    assert (row["first_shown"], row["last_shown"], row["impressions"]) == ("2026-03-01", "2026-03-09", 1000)


def test_a_market_feed_with_its_ids_as_attributes_is_read(read):
    offer = (
        '<offer id="9" available="true"><url>https://s.example/9</url><price>1990</price><currencyId>RUB</currencyId>'
        "<categoryId>1</categoryId><picture>https://s.example/9.jpg</picture><name>Lamp</name><vendor>Lumo</vendor></offer>"
    )
    (row,), _ = read("yml.xml", f"<yml_catalog><shop><offers>{offer}</offers></shop></yml_catalog>")
    assert (row["listing_id"], row["title"], row["brand"], row["price"], row["currency"]) == (
        "9", "Lamp", "Lumo", 1990.0, "RUB",
    )  # fmt: skip
    assert row["seller_name"] is None
