"""Takes out of a file what tells who made it, where and when; what cannot be stripped is refused, saying so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mapae.desk.law import said
from mapae.desk.merchants.models import MerchantReport, ReportFile
from mapae.desk.merchants.stripping.office import plain_office
from mapae.desk.merchants.stripping.pdf import plain_pdf
from mapae.desk.merchants.stripping.pictures import marks_of_picture
from mapae.desk.uploads import inspect

__all__ = ["WHAT", "Stripped", "strip", "taken_out"]

# what was taken out, as pages say it
WHAT = {
    "place": {"ko": "촬영 위치", "en": "place where it was taken", "zh": "拍摄地点"},
    "camera": {"ko": "촬영 기기·시각", "en": "camera and time", "zh": "拍摄设备与时间"},
    "comment": {"ko": "파일 안 설명", "en": "comment inside the file", "zh": "文件内注释"},
    "author": {"ko": "작성자·수정자", "en": "author and editors", "zh": "作者与修改者"},
    "title": {"ko": "문서 속성", "en": "document properties", "zh": "文档属性"},
    "company": {"ko": "회사·부서", "en": "company", "zh": "公司"},
    "path": {"ko": "컴퓨터의 폴더·프린터", "en": "folders and printers of your computer", "zh": "计算机文件夹与打印机"},
    "signature": {"ko": "전자서명", "en": "digital signature", "zh": "数字签名"},
    "deleted": {"ko": "지운 뒤에도 남아 있던 내용", "en": "what was deleted and still there", "zh": "已删除但仍留存的内容"},
    "hidden": {"ko": "숨긴 내용(보이게 했습니다)", "en": "hidden content (it is shown now)", "zh": "隐藏内容（现已显示）"},
    "name": {"ko": "파일 이름", "en": "file name", "zh": "文件名"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stripped:
    """The clean content, its media type, and what was taken out (keys of WHAT, in their order)."""

    content: bytes
    media_type: str
    removed: tuple[str, ...]


def strip(content: bytes, name: str) -> Stripped:
    """Check the file as every upload, then strip it. InputError where it is refused or cannot be stripped."""
    safe, media_type = inspect(content, name)
    found: set[str] = set()
    work = _STRIPPERS.get(media_type)
    if work is not None:
        safe = work(safe, name, found)
    elif media_type.startswith("image/"):
        found |= marks_of_picture(content)
    return Stripped(safe, media_type, tuple(key for key in WHAT if key in found or key == "name"))


def taken_out(report: MerchantReport) -> list[tuple[ReportFile, list[str]]]:
    """The files of a report, unread, each with what was taken out of it, in the page's language."""
    files = report.files.defer("content")
    return [(each, [said(WHAT[key]) for key in each.stripped if key in WHAT]) for each in files]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_STRIPPERS: dict[str, Callable[[bytes, str, set[str]], bytes]] = {
    "application/pdf": plain_pdf,
    f"{_OFFICE}wordprocessingml.document": plain_office,
    f"{_OFFICE}spreadsheetml.sheet": plain_office,
}
