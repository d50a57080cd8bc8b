"""Periods of hours: they run at once, from moment to moment (CIV 156), through nights and holidays."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mapae.law.calendar.deadline import Deadline, Step
from mapae.law.calendar.walk import refuse_unfit

__all__ = ["KOREA", "hours"]

KOREA = ZoneInfo("Asia/Seoul")


def hours(moment: datetime, count: int) -> Deadline[datetime]:
    """The moment so many hours later, in Korean time; a moment without a zone is Korean time and stays so written."""
    refuse_unfit(count)
    begin = moment if moment.tzinfo is None else moment.astimezone(KOREA)
    end = begin + timedelta(hours=count)
    return Deadline(end, (Step(begin, None, "start"), Step(end, count, "last_day")), "CIV 156")
