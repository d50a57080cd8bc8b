"""Age: youth, guardian's consent, checks of age and identity, children's products (YPA, PIPA, KID; CIV 158)."""

from __future__ import annotations

from datetime import date

from mapae.law.questions.case import Case, yes_no
from mapae.law.questions.spans import anniversary

__all__ = ["age_check_accepted", "child_product", "guardian_consent", "is_youth"]


def is_youth(case: Case) -> str:
    """Under nineteen, and the year of the nineteenth birthday has not begun (YPA 2 no. 1)."""
    return yes_no(case.as_of.year - case.day("born_on").year < case.rule("ypa.2.age"))


def guardian_consent(case: Case) -> str:
    """Below fourteen full years (PIPA 22-2(1))."""
    return yes_no(years_old(case.day("born_on"), case.as_of) < case.rule("pipa.22-2.consent_age"))


def years_old(born: date, on: date) -> int:
    """Full years, the day of birth counted (CIV 158); born on 29 February: a year is full on 1 March (CIV 160)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_check_accepted(case: Case) -> str:
    """A method of YPD 17(1), or the login of a member checked within a year (17(2))."""
    verified = case.facts.get("verified_on")
    how = case.rule("ypa.16.methods").get(case.facts.get("method"), "refused")
    if how == "with_sms_or_ars":
        return yes_no(case.yes("sms_or_ars"))
    if how == "within_period":
        months = case.rule("ypa.16.member_check_period")
        return yes_no(verified is not None and verified <= case.as_of <= anniversary(verified, months))
    return yes_no(how == "accepted")


def child_product(case: Case) -> str:
    """For users of thirteen or younger, and of no class with an Act of its own (KID 2 no. 1)."""
    ages = case.facts.get("user_age_label")
    if ages is None or case.facts.get("category") in case.rule("kid.2.excluded"):
        return "no"
    return yes_no(ages[0] <= case.rule("kid.2.max_age"))
