"""What `mapae lists` says, in English and Korean."""

from __future__ import annotations

from mapae.cli.locales import language

__all__ = ["words"]

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "done": "{list}/{source}: {rows:,} entries in use ({added:,} new, {changed:,} changed, {gone:,} gone)",
        "undone": "{list}/{source}: the version before is in use again, {rows:,} entries ({added:,} back, {gone:,} gone)",
        "nothing": "{list}/{source}: nothing new, {rows:,} entries stay in use",
        "rejected": "{rejected:,} rows could not be read: {path}",
        "cells": "{cells:,} cells could not be understood and were left empty: {path}",
        "few": "note: {read:,} rows are few for this source, which usually has {few:,} or more",
        "older": "note: is it an older file? {gone:,} entries are gone, one of {day}, later than any in it; mapae lists undo",
        "note": "note: {text}",
        "next": "next: mapae rescreen LAKE --since {day}",
        "fetching": "Fetching: {count:,} bytes",
        "reading": "Reading: {count:,} rows",
        "writing": "Writing {count:,} entries",
        "list": "list", "source": "source", "origin": "origin", "day": "day", "rows": "rows", "added": "since {since}",
        "empty": "Nothing has been imported yet. Import a list: mapae lists import SOURCE FILE --lists DIR",
        "sources": "sources: {names}",
    },
    "ko": {
        "done": "{list}/{source}: 사용 중 {rows:,}건 (신규 {added:,}, 변경 {changed:,}, 삭제 {gone:,})",
        "undone": "{list}/{source}: 이전 버전을 다시 사용합니다. {rows:,}건 (복원 {added:,}, 제외 {gone:,})",
        "nothing": "{list}/{source}: 새로운 내용이 없습니다. {rows:,}건을 그대로 사용합니다",
        "rejected": "읽을 수 없는 행 {rejected:,}개: {path}",
        "cells": "해석할 수 없어 비워 둔 칸 {cells:,}개: {path}",
        "few": "참고: {read:,}행은 이 출처치고 적습니다(보통 {few:,}행 이상)",
        "older": "참고: 이전 파일이 아닌지 확인하십시오. {gone:,}건이 빠졌고, 그중 {day} 항목은 파일의 어느 항목보다 "
        "나중입니다(되돌리기: mapae lists undo)",
        "note": "참고: {text}",
        "next": "다음: mapae rescreen LAKE --since {day}",
        "fetching": "내려받는 중: {count:,}바이트",
        "reading": "읽는 중: {count:,}행",
        "writing": "쓰는 중: {count:,}건",
        "list": "목록", "source": "출처", "origin": "원본", "day": "기준일", "rows": "건수", "added": "{since} 이후",
        "empty": "아직 가져온 목록이 없습니다. 가져오기: mapae lists import SOURCE FILE --lists DIR",
        "sources": "출처: {names}",
    },
}  # fmt: skip


def words(key: str, **values: object) -> str:
    """A sentence in the user's language."""
    return _WORDS[language()][key].format(**values)
