"""Pages of the demo shop on loopback, and the stall from which its sellers take down and list again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.training.models import ShopListing
from mapae.desk.training.pictures import picture
from mapae.desk.training.reading import story
from mapae.desk.training.shop import PLATFORMS, list_again, take_down

__all__ = ["listing", "photograph", "shelf", "stall", "stall_act"]


def shelf(request: HttpRequest, platform: str) -> HttpResponse:
    """What the platform offers now."""
    rows = ShopListing.objects.filter(platform=_known(platform), up=True).order_by("pk")
    context = {"platform": platform, "name": PLATFORMS[platform], "rows": rows}
    return render(request, "desk/training_shelf.html", context)


def listing(request: HttpRequest, platform: str, listing_id: str) -> HttpResponse:
    """A listing's page, 404 once it was taken down: what verification fetches."""
    row = ShopListing.objects.filter(platform=_known(platform), listing_id=listing_id).first()
    gone = row is None or not row.up
    context = {"row": row, "name": PLATFORMS[platform], "platform": platform, "gone": gone}
    return render(request, "desk/training_listing.html", context, status=404 if gone else 200)


def photograph(request: HttpRequest, name: str) -> HttpResponse:
    """A photograph of the demo shop."""
    known = ShopListing.objects.filter(image=name).exists()
    if not known:
        raise Http404
    return HttpResponse(picture(name), content_type="image/png")


def stall(request: HttpRequest) -> HttpResponse:
    """The seller's side: everything that is or was on the shelves."""
    rows = ShopListing.objects.order_by("platform", "pk")
    again = rows.filter(listing_id=story("shop")["relisting"]["id"], up=True).exists()
    return render(request, "desk/training_stall.html", {"rows": rows, "again": again})


@require_POST
def stall_act(request: HttpRequest) -> HttpResponse:
    """Take a listing down, put it up again, or list the goods under another name."""
    act, which = request.POST.get("act", ""), request.POST.get("listing", "")
    if act == "down":
        take_down(which)
        messages.info(request, _("The page is gone from the shop."))
    elif act == "up":
        ShopListing.objects.filter(listing_id=which).update(up=True)
        messages.info(request, _("The page is up again."))
    elif act == "again":
        made = list_again()
        messages.info(request, _("Listed again on %(shop)s.") % {"shop": PLATFORMS[made.platform]})
    else:
        raise Http404
    return redirect("training-stall")


def _known(platform: str) -> str:
    if platform not in PLATFORMS:
        raise Http404
    return platform
