"""Statutory time: every function gives a Deadline with its end and the working that led there.

civil_days, civil_weeks, civil_months, civil_years  Civil Act 157 to 161: first day out, a free last day rolls on
business_days                                       Monday to Friday without holidays and substitutes
admin_days, admin_months, in_force_after            General Act on Public Administration 6(2) and 7: no roll-over
hours                                               from moment to moment, Korean time
backward_days, backward_business_days               "at least N days before": N full days between
"""

from mapae.law.calendar.administrative import admin_days, admin_months, in_force_after
from mapae.law.calendar.backward import backward_business_days, backward_days
from mapae.law.calendar.business import business_days
from mapae.law.calendar.civil import add_months, civil_days, civil_months, civil_weeks, civil_years
from mapae.law.calendar.deadline import Deadline, Pause, Step
from mapae.law.calendar.holidays import holiday_name, is_business_day, is_free_day
from mapae.law.calendar.moments import KOREA, hours

__all__ = [
    "KOREA", "Deadline", "Pause", "Step",
    "add_months", "admin_days", "admin_months", "backward_business_days", "backward_days", "business_days",
    "civil_days", "civil_months", "civil_weeks", "civil_years", "holiday_name", "hours", "in_force_after",
    "is_business_day", "is_free_day",
]  # fmt: skip
