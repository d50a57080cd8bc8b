"""`mapae sellers` joins files of several kinds and refuses kinds that name no seller."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from mapae.cli.sellers import app
from mapae.errors import UsageError


def test_files_of_two_kinds_are_joined_into_one_table(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(
        "post_id,platform,account_id,text,seen_at\np1,Instagram,moon,주문 010-5555-0142 주세요,2026-05-01\n",
        "utf-8",
    )
    (tmp_path / "messages.csv").write_text(
        "complaint_id,received_on,operator,seller,text,remedy\n"
        "c1,2026-05-02,Instagram,,010-5555-0142 번호로 연락이 안 됩니다,refund\n",
        "utf-8",
    )
    words = [
        str(tmp_path / "posts.csv"),
        f"complaint={tmp_path / 'messages.csv'}",
        "--out",
        str(tmp_path / "out"),
    ]
    found = CliRunner().invoke(app, words, catch_exceptions=False)
    assert found.exit_code == 0
    assert "1 sellers behind more than one" in found.output
    table = pq.read_table(tmp_path / "out/sellers.parquet").to_pylist()
    assert {row["record_id"] for row in table} == {"p1", "c1"}
    assert {row["tie"] for row in table} == {"phone"}


def test_fees_name_no_seller(tmp_path: Path) -> None:
    (tmp_path / "fees.csv").write_text("fee_id,operator,fee_kind,rate\n1,X,commission,5\n", "utf-8")
    with pytest.raises(UsageError, match="name no seller"):
        CliRunner().invoke(app, [f"fee={tmp_path / 'fees.csv'}"], catch_exceptions=False)
