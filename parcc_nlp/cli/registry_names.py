"""Fields, values and relations of a registry in an officer's words, not by the names of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.registry.days import is_day
from parcc_nlp.registry.parts import name_of_provision, read_parts
from parcc_nlp.report.wording import known_word, written_day

if TYPE_CHECKING:
    from parcc_nlp.cli.streams import Language
    from parcc_nlp.registry import Registry

__all__ = ["written_field", "written_name", "written_value"]

_FIELDS = {
    "title": "metadata_title",
    "effective": "metadata_effective",
    "expires": "metadata_expires",
    "issued": "metadata_issued",
    "issuer": "metadata_issuer",
    "doc_type": "metadata_type",
}
_SUFFERED = "←"


def written_name(identity: str, registry: Registry) -> str:
    """Name an instrument by its number; by its id where it has none, or where others bear the number too."""
    one = registry.get(identity)
    if one is None or one.number is None:
        return identity
    return one.number if len(registry.find(one.number)) == 1 else f"{one.number} ({identity})"


def written_field(field: str, registry: Registry, lang: Language) -> str:
    """Name a field, or a relation as an audit names it ("replaces ← vn/...", "repeals 5/2019/QĐ-UBND")."""
    kind, _, other = field.partition(" ")
    if not other:
        return known_word(_FIELDS.get(field, f"reg_field_{field}"), field, lang)
    suffered = other.startswith(_SUFFERED)
    name = written_name(other.removeprefix(_SUFFERED).strip(), registry)
    return f"{known_word(f'by_{kind}' if suffered else f'reg_kind_{kind}', kind, lang)} {name}"


def written_value(field: str, value: str | None, lang: Language) -> str:
    """Write a value as officers write it: a status in words, days and provisions as they are cited."""
    if value is None:
        return "-"
    if field == "status":
        return known_word(f"status_{value}", value, lang)
    if " " not in field:
        return written_day(value) if is_day(value) else value
    return "; ".join(_piece(piece) for piece in value.split("; "))


def _piece(piece: str) -> str:
    """Write a day or a provision of a relation."""
    if is_day(piece):
        return written_day(piece)
    parts = read_parts(piece)
    return "; ".join(name_of_provision(one) for one in parts.listed) if parts and parts.listed else piece
