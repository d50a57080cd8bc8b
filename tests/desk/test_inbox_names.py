"""Names that pages of findings give to checks and references."""

from __future__ import annotations

from django.utils.translation import override

from mapae.catalog import checks
from mapae.desk.findings.names import check_name, reference_name


def test_every_check_has_a_name_and_references_are_told_in_words() -> None:
    with override("ko"):
        assert not [check.key for check in checks() if check_name(check.key) == check.key]
        told = [
            reference_name(key) for key in ("cpsc:26063", "class:weapon", "item:P2", "kc:children", "x:1")
        ]
        assert told == [
            "미국 CPSC 리콜 26063",
            "유형: 무기류",
            "기재 사항: 처리 및 보유 기간",
            "KC 대상: 어린이제품",
            "x:1",
        ]
        assert reference_name("limit:chm.limits.metal_jewellery/lead").endswith(" · 납")
