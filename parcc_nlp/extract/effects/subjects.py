"""What can be the subject of "hết hiệu lực" or "được sửa đổi", or an item of a list of documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcc_nlp.extract.effects.objects import between

if TYPE_CHECKING:
    from parcc_nlp.extract.effects.reading import Reading

__all__ = ["EXCEPTED", "ITEM_HEAD", "LIST_FOLLOWS", "begins_with_document", "is_subject", "text_follows"]

SUBJECT = re.compile(
    r"[\s“\"]*(?:(?:các|những|toàn\s+bộ|mọi|tất\s+cả|một\s+số|riêng|việc\s+áp\s+dụng)\s+)*"
    r"(?:gạch\s+đầu\s+dòng|tên|tiêu\s+đề|đoạn|số\s+thứ\s+tự|quy\s+định|văn\s+bản|nội\s+dung|danh\s+mục|quy\s+chế|mẫu"
    r"|phụ\s+lục|điều|khoản|điểm|mục|chương|phần|nghị\s+định|nghị\s+quyết|quyết\s+định|thông\s+tư|chỉ\s+thị|luật"
    r"|bộ\s+luật|pháp\s+lệnh|biểu|mức|bảng|kế\s+hoạch|quy\s+trình|thủ\s+tục)(?!\w)"
)
ITEM_HEAD = re.compile(r"[\s\t\d.,;:()\-–+•*“\"]*(?:(?:số|các|của)\s+)?")
LIST_FOLLOWS = re.compile(r"(?:sau(?:\s+đây)?|gồm|như\s+sau|dưới\s+đây)\s*:?\s*$|:\s*$")
EXCEPTED = re.compile(r"[,;]?\s*(?<!\w)trừ\s+")
AS_FOLLOWS = re.compile(r"(?<!\w)như\s+sau\s*:?|:\s*\x1a")


def is_subject(reading: Reading, start: int, end: int) -> bool:
    """Say whether a stretch begins with a document, its provisions, or what it rules ("Các quy định về ...")."""
    return SUBJECT.match(reading.masked.low, start, end) is not None or begins_with_document(reading, start, end)


def begins_with_document(reading: Reading, start: int, end: int) -> bool:
    """Say whether a stretch begins with the name of a document, labels and dashes aside."""
    here = between(reading.named, start, end)
    return bool(here) and ITEM_HEAD.fullmatch(reading.masked.low, start, here[0].start) is not None


def text_follows(reading: Reading, start: int, end: int) -> int:
    """Give where a clause ends and the new text begins ("như sau: ..."); `end` where no text follows."""
    match = AS_FOLLOWS.search(reading.masked.low, start, end)
    return match.start() if match else end
