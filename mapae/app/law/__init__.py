"""What `mapae law` does: show an entry, check a pack, count a period, find who has a duty, weigh a draft."""

from mapae.app.law.check import Checked, check_pack
from mapae.app.law.deadline import Length, count, parse_length, parse_pause, parse_regime, parse_start
from mapae.app.law.duty import LIMBS, Duty, Limb, duties
from mapae.app.law.impact import Change, impact, read_draft
from mapae.app.law.operators import Operator, read_operators
from mapae.app.law.show import Shown, show

__all__ = [
    "LIMBS", "Change", "Checked", "Duty", "Length", "Limb", "Operator", "Shown",
    "check_pack", "count", "duties", "impact", "parse_length", "parse_pause", "parse_regime", "parse_start",
    "read_draft", "read_operators", "show",
]  # fmt: skip
