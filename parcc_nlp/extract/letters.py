"""Classes of Vietnamese letters for patterns: ranges such as ``À-Ỹ`` mix capitals and small letters."""

from __future__ import annotations

__all__ = ["CAPITALS", "SMALL"]

SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
CAPITALS = "A-Z" + SMALL.removeprefix("a-z").upper()
