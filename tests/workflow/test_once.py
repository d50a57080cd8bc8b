"""What is made of a table is made once, and anew for another table that says the same."""

from __future__ import annotations

from mapae.workflow.once import once


def test_a_table_is_read_once_and_another_that_says_the_same_by_itself() -> None:
    asked: list[object] = []

    @once
    def read(table: object) -> list[object]:
        asked.append(table)
        return [table]

    one, same = [1], [1]
    assert read(one) is read(one)
    assert read(same) is not read(one)
    assert len(asked) == 2


def test_of_many_tables_the_oldest_is_forgotten() -> None:
    asked: list[object] = []
    read = once(asked.append)
    tables: list[object] = [[number] for number in range(9)]
    for table in (*tables, tables[8], tables[0]):
        read(table)
    assert len(asked) == 10
