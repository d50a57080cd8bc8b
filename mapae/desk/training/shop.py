"""The demo shop's shelves: put up, take down, list again; addresses of its pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from mapae.desk.training.models import ShopListing
from mapae.desk.training.reading import story

__all__ = ["PLATFORMS", "address", "list_again", "offer", "put_up", "stock", "take_down"]

PLATFORMS = {
    "lumibay": "Lumibay",
    "dalmart": "Dalmart",
    "pinecove": "Pinecove",
    "tidewick": "Tidewick",
    "janbyeoul": "Janbyeoul",
}


def stock() -> None:
    """Put the listings of story/shop.yaml on the shelves."""
    for row in story("shop")["listings"]:
        offer("lumibay", row)


def take_down(listing_id: str) -> None:
    """Take a listing off sale: its page answers 404 from now."""
    ShopListing.objects.filter(listing_id=listing_id).update(up=False)


def put_up(listing_id: str) -> None:
    """Put it on sale again under its old number."""
    ShopListing.objects.filter(listing_id=listing_id).update(up=True)


def list_again() -> ShopListing:
    """The recalled goods under another name, on the other platform, with the photograph cropped."""
    row = story("shop")["relisting"]
    return offer(row["platform"], row)


def address(platform: str, listing_id: str) -> str:
    """Where the listing's page is."""
    return f"{settings.PUBLIC_URL}/training/shop/{platform}/{listing_id}"


def offer(platform: str, row: dict[str, Any]) -> ShopListing:
    """Put a listing up. row: id, seller (id, name), title, text, price, image."""
    return ShopListing.objects.update_or_create(
        listing_id=row["id"],
        defaults={
            "platform": platform,
            "seller_id": row["seller"][0],
            "seller_name": row["seller"][1],
            "title": row["title"],
            "description": row["text"],
            "price": row["price"],
            "image": row["image"],
            "up": True,
        },
    )[0]
