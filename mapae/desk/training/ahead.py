"""Prepares the screening of the tour's shop in a process beside the month that is played: the prepared index is kept."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from mapae.app.screen import Request, screen
from mapae.desk.training.reading import story

__all__ = ["begin", "main", "shop_request"]


def shop_request(feed: Path, out: Path, day: date) -> Request:
    """How the shop is screened."""
    matter = story("shop")["matter"]
    return Request(
        inputs=(feed,),
        kind="listing",
        out=out,
        as_of=day,
        lists="none",
        measures=(matter,),
        keep_records=True,
    )


def begin(day: date) -> subprocess.Popen[bytes]:
    """Begin to prepare for that day, with this process's home; whoever screens then has less to do, or as much as before."""
    command = [sys.executable, "-m", "mapae.desk.training.ahead", day.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """`python -m mapae.desk.training.ahead DAY`: screens one empty listing."""
    with tempfile.TemporaryDirectory() as place:
        feed = Path(place) / "feed"
        feed.mkdir()
        (feed / "listings.jsonl").write_text(json.dumps({"listing_id": "0", "title": "-"}) + "\n", "utf-8")
        screen(shop_request(feed, Path(place) / "out", date.fromisoformat(sys.argv[1])))


if __name__ == "__main__":
    main()
