"""The key of a web address: one for all ways of writing it, none for what is no address, kept with every save."""

from __future__ import annotations

import pytest

from mapae.desk.fields import address_key
from mapae.desk.helpline.models import Complaint
from tests.desk.letters import NOON


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.lumibay.example/i/777", "http://lumibay.example/i/777/?utm_source=a#b"),
        ("https://ko.aliexpress.com/item/1005006.html?spm=a", "https://www.aliexpress.com/item/1005006.html"),
    ],
)
def test_ways_of_writing_an_address_have_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_goods_that_differ_have_different_keys() -> None:
    told = ["https://a.example/i?id=1", "https://a.example/i?id=2", "https://b.example/i?id=1"]
    assert len({address_key(each) for each in told}) == 3


@pytest.mark.parametrize("text", ["", "LU-777", "http://[", "mailto:a@b.example"])
def test_what_is_no_address_has_none(text: str) -> None:
    assert address_key(text) is None


@pytest.mark.django_db
def test_the_key_is_kept_with_single_and_bulk_saves_and_follows_a_change() -> None:
    made = [Complaint(number=str(at), link_digest=str(at), relay=str(at), received_at=NOON) for at in (1, 2)]
    for each in made:
        each.listing_url = "https://a.example/i/1"
    made[0].save()
    Complaint.objects.bulk_create(made[1:])
    assert Complaint.objects.filter(address=address_key("http://a.example/i/1")).count() == 2
    made[0].listing_url = ""
    made[0].save()
    assert Complaint.objects.filter(address__isnull=True).get() == made[0]
