"""Makes the tour's case: the shop is screened, and what is found joins six complaints, a recall, a parcel and an advert."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection
from pathlib import Path

from mapae.app.screen import screen
from mapae.desk import clock
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case
from mapae.desk.findings.intake import import_run
from mapae.desk.findings.models import Finding
from mapae.desk.parties.models import Operator, Seller
from mapae.desk.training.ahead import shop_request
from mapae.desk.training.complaints import hand_over
from mapae.desk.training.models import ShopListing, recall, remember
from mapae.desk.training.reading import story
from mapae.desk.training.shop import PLATFORMS, address, stock
from mapae.desk.training.world import person

__all__ = ["make_tour_case", "screen_shop", "tour_case"]


def tour_case() -> Case | None:
    """The tour's case; None where this desk was not loaded."""
    return Case.objects.filter(pk=recall("case") or 0).first()


def make_tour_case() -> Case:
    """The shop's stock, screened for real; one case with everything that belongs to it."""
    shop = story("shop")
    stock()
    screen_shop("lumibay", only=[row["id"] for row in shop["listings"]])
    sora = person("sora")
    operator = Operator.objects.get(key=shop["operator"])
    case: Case = run(
        "open", person("hana"), operator=operator, matter=shop["matter"], title=shop["case"], severity=4
    )
    case.joint.add(Body.objects.get(key="kftc"))  # it runs the helpline
    for row in shop["listings"]:
        _join_listing(case, operator, row["id"])
    for kind in ("recall", "parcel", "advert"):
        place = "Lumibay" if kind == "advert" else ""  # beside the listings: nothing is asked about these
        run("join", sora, case, kind=kind, platform=place, state="", **shop[kind])
    for number, title in enumerate(shop["complaints"], 1):
        hand_over(sora, case, f"C-2026-{number:03d}", title=title, platform="Lumibay")
    remember("case", case.pk)
    return case


def screen_shop(platform: str, only: Collection[str] = ()) -> None:
    """Screen what the shop shows now (or `only` these), as a feed of the platform would be, and bring the findings in."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        feed = folder / "feed" / "listings.jsonl"
        feed.parent.mkdir()
        shown = ShopListing.objects.filter(platform=platform, up=True).order_by("pk")
        rows = [_record(row) for row in (shown.filter(listing_id__in=only) if only else shown)]
        feed.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        screen(shop_request(feed.parent, folder / "out", clock.today()))
        import_run(folder / "out")


def _record(row: ShopListing) -> dict[str, object]:
    return {
        "listing_id": row.listing_id,
        "platform": PLATFORMS[row.platform],
        "url": address(row.platform, row.listing_id),
        "seller_id": row.seller_id,
        "seller_name": row.seller_name,
        "title": row.title,
        "description": row.description,
        "model": _models().get(row.listing_id, ""),
        "price": float(row.price),
        "currency": row.currency,
    }


def _models() -> dict[str, str]:
    """The model numbers that the shop's own export names, by listing."""
    return {row["id"]: row["model"] for row in story("shop")["listings"]}


def _join_listing(case: Case, operator: Operator, listing_id: str) -> None:
    row = ShopListing.objects.get(listing_id=listing_id)
    seller, _made = Seller.objects.get_or_create(
        operator=operator, seller_id=row.seller_id, defaults={"name": row.seller_name}
    )
    finding = (
        Finding.objects.filter(subject_id=listing_id, reference_id=story("shop")["reference"])
        .order_by("-score", "pk")
        .first()
    )
    run(
        "join", person("sora"), case, kind="listing", subject_id=listing_id, platform=PLATFORMS[row.platform],
        title=row.title, url=address(row.platform, listing_id), seller=seller, rung="verified",
        finding=finding, snapshot=_record(row),
    )  # fmt: skip
