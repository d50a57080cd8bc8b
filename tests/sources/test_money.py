import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.sources.money import Money, currency_named, domain_currency, parse_money

WAYS = [
    ("₩12,900", None, 12900, "KRW"),
    ("12,900원", None, 12900, "KRW"),
    ("KRW 12,900", None, 12900, "KRW"),
    ("１２，９００원", None, 12900, "KRW"),
    ("12.900,50 €", None, 12900.5, "EUR"),
    ("1.299 €", None, 1299, "EUR"),
    ("ab 12,90 €", None, 12.9, "EUR"),
    ("US $3.99", None, 3.99, "USD"),
    ("$14.06", None, 14.06, "USD"),
    ("$ 1,299.00", "MXN", 1299, "MXN"),
    ("1만 2천원", None, 12000, "KRW"),
    ("1만2,900원", None, 12900, "KRW"),
    ("3.5만원", None, 35000, "KRW"),
    ("1억 2천만원", None, 120_000_000, "KRW"),
    ("1.2万円", None, 12000, "JPY"),
    ("￥99", None, 99, "CNY"),
    ("￥1,299", "JPY", 1299, "JPY"),
    ("199元", None, 199, "CNY"),
    ("NT$1,290", None, 1290, "TWD"),
    ("1290元", "TWD", 1290, "TWD"),
    ("Rp10.000", None, 10000, "IDR"),
    ("10.000", "IDR", 10000, None),
    ("10.5", "IDR", 10.5, None),
    ("1.299.000₫", None, 1_299_000, "VND"),
    ("1,2 Mio", None, 1_200_000, None),
    ("25rb", "IDR", 25000, None),
    ("RM 12.90", None, 12.9, "MYR"),
    ("R$ 1.299,90", None, 1299.9, "BRL"),
    ("CHF 1'234.50", None, 1234.5, "CHF"),
    ("1 234,56 zł", None, 1234.56, "PLN"),
    ("1,29,999.00 ₹", None, 129999, "INR"),
    ("3 for $10", None, 10, "USD"),
    ("1.580950000000000e+03", None, 1580.95, None),
    ("-5", None, -5, None),
    ("free", None, 0, None),
]


@pytest.mark.parametrize(("text", "said", "low", "currency"), WAYS)
def test_an_amount_is_read_as_it_is_meant(text, said, low, currency):
    money = parse_money(text, said)
    assert money is not None
    assert (money.low, money.currency) == (pytest.approx(low), currency)


@pytest.mark.parametrize("text", ["US $3.99-5.20", "3.99 ~ 5.20 USD", "$3.99 - $5.20", "3.99 to 5.20 $"])
def test_a_range_gives_its_lower_end_and_says_that_there_is_more(text):
    assert parse_money(text) == Money(3.99, "USD", True)


@pytest.mark.parametrize("text", ["N/A", "-", "", "문의", "暂无", "null"])
def test_words_for_nothing_are_no_amount_and_no_error(text):
    assert parse_money(text) == Money(None)


@pytest.mark.parametrize("text", ["abc", "1e400", "9" * 300, ",", "inf", "1e16"])
def test_what_is_no_amount_is_none(text):
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("host", "currency"),
    [("www.lazada.co.id", "IDR"), ("us.shein.com", "USD"), ("shopee.com.mx", "MXN"), ("temu.com", None)],
)
def test_the_shops_country_tells_its_money(host, currency):
    assert domain_currency(host) == currency


@given(st.text(max_size=60), st.sampled_from([None, "KRW", "IDR", "EUR", "USD"]))
def test_any_text_gives_an_amount_or_none_and_never_raises(text, said):
    money = parse_money(text, said)
    assert money is None or money.low is None or abs(money.low) <= 1e15


@given(
    st.integers(0, 10**9),
    st.sampled_from([("{:,}원", "KRW"), ("₩{:,}", "KRW"), ("${:,}.00", "USD"), ("¥{:,}", "CNY")]),
)
def test_a_whole_amount_written_with_commas_comes_back(amount, way):
    form, currency = way
    assert parse_money(form.format(amount)) == Money(float(amount), currency)


@given(st.integers(0, 10**7), st.integers(0, 99))
def test_european_and_american_writing_mean_the_same(whole, cents):
    american = f"{whole:,}.{cents:02d} EUR"
    european = american.translate(str.maketrans(",.", ".,"))
    assert parse_money(american) == parse_money(european) == Money(pytest.approx(whole + cents / 100), "EUR")


@pytest.mark.parametrize(
    ("text", "low", "currency"),
    [
        ("정가 15,900원 → 12,900원", 12900.0, "KRW"),
        ("US $20.00 -> 14.50", 14.5, "USD"),
        ("¥199 → 품절", 199.0, "CNY"),
    ],
)
def test_behind_an_arrow_stands_the_price_that_is_asked(text, low, currency):
    money = parse_money(text)
    assert (money.low, money.currency, money.more) == (low, currency, "품절" not in text)


@pytest.mark.parametrize(
    ("heading", "unit", "code"),
    [
        ("판매가(원)", "원", "KRW"),
        ("price_usd", None, "USD"),
        ("Price [EUR]", "EUR", "EUR"),
        ("Revenue (USD mn)", "USD mn", "USD"),
        ("price", None, None),
        ("매출액(억원)", "억원", None),
        ("in the won column", None, None),
    ],
)
def test_a_heading_names_the_currency(heading, unit, code):
    assert currency_named(heading, unit) == code


@pytest.mark.parametrize(
    ("text", "low", "currency"),
    [
        ("만원", 10_000, "KRW"),
        ("이만 오천원", 25_000, "KRW"),
        ("십이만원정", 120_000, "KRW"),
        ("삼백오십원", 350, "KRW"),
        ("억원", 100_000_000, "KRW"),
        ("百二十元", 120, "CNY"),
        ("两万五千元整", 25_000, "CNY"),
        ("¥3,980(税込)", 3980, "JPY"),
    ],
)
def test_amounts_in_words_are_read(text, low, currency):
    money = parse_money(text)
    assert (money.low, money.currency) == (low, currency)


@pytest.mark.parametrize("text", ["원", "만", "가격 문의 원", "일이 많아요"])
def test_words_that_are_no_amount_stay_unknown(text):
    assert parse_money(text) is None
