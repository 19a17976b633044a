"""A registry of a few instruments, told by hand, for the engine of the review."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from parcc_nlp.model import AmendedBy, Citation, Extraction, Instrument, Metadata, Proof, ProvisionStatus, Status

SELF_GOVERNMENT_2015 = Instrument(
    "luat-2015", "77/2015/QH13", "Luật", "Luật Tổ chức chính quyền địa phương", "Quốc hội", "2015-06-19", "2016-01-01"
)
SELF_GOVERNMENT_2025 = Instrument(
    "luat-2025", "72/2025/QH15", "Luật", "Luật Tổ chức chính quyền địa phương", "Quốc hội", "2025-06-16", "2025-06-16"
)
AUTONOMY = Instrument("nd-130", "130/2005/NĐ-CP", "Nghị định", "Quy định chế độ tự chủ", "Chính phủ", "2005-10-17")
AUTONOMY_2026 = Instrument(
    "nd-75", "75/2026/NĐ-CP", "Nghị định", "Chế độ tự chủ", "Chính phủ", "2026-03-16", "2026-05-01"
)
PARTY = Instrument(
    "nq-27", "27-NQ/TW", "Nghị quyết", "Cải cách tiền lương", "Ban Chấp hành Trung ương Đảng", "2018-05-21"
)


@dataclass
class FakeRegistry:
    """Knows what it is told: instruments, on which day each ends, by what it is replaced, by what amended."""

    instruments: tuple[Instrument, ...]
    ends: dict[str, tuple[str, str]] = field(default_factory=dict)
    amended: dict[str, tuple[AmendedBy, ...]] = field(default_factory=dict)
    exceptions: dict[str, str] = field(default_factory=dict)
    version: str = "thử nghiệm"

    def get(self, instrument_id):
        return next((one for one in self.instruments if one.id == instrument_id), None)

    def find(self, number):
        return tuple(one for one in self.instruments if one.number == number)

    def resolve_all(self, extraction):
        return replace(extraction, citations=tuple(self._resolve(citation) for citation in extraction.citations))

    def _resolve(self, citation):
        fits = [
            one
            for one in self.instruments
            if (citation.number and one.number == citation.number)
            or (citation.number is None and citation.name == one.title and citation.issued in {None, one.issued})
        ]
        if not fits:
            return citation
        return replace(citation, instrument=fits[0].id, resolution="exact")

    def status(self, instrument_id, *, on):
        instrument = self.get(instrument_id)
        ended, by = self.ends.get(instrument_id, ("9999-12-31", ""))
        if instrument.issued and on < (instrument.effective or instrument.issued):
            kind = "not_yet"
        else:
            kind = "expired" if ended <= on else "in_force"
        over = kind == "expired"
        proof = Proof(
            "replaces", by, "khoản 2 Điều 15", ended, "thử nghiệm", "verified", self.exceptions.get(instrument_id)
        )
        return Status(
            number=instrument.number,
            doc_type=instrument.doc_type,
            issuer=instrument.issuer,
            issued=instrument.issued,
            title=instrument.title,
            as_of=on,
            status=kind,
            basis="stated",
            since=ended if over else None,
            successor=by if over else None,
            chain=(by,) if over else (),
            proof=(proof,) if over else (),
        )

    def provision_status(self, instrument_id, provision, *, on):
        whole = self.status(instrument_id, on=on)
        return ProvisionStatus(instrument_id, provision, on, whole.status, "stated", since=whole.since)

    def laws_named(self, name):
        return ()

    def successors(self, instrument_id, *, on):
        ended, by = self.ends.get(instrument_id, ("9999-12-31", ""))
        return (self.get(by),) if ended <= on else ()

    def amendments(self, instrument_id, *, on):
        return tuple(one for one in self.amended.get(instrument_id, ()) if one.effective is None or one.effective <= on)


@pytest.fixture
def registry():
    return FakeRegistry(
        instruments=(SELF_GOVERNMENT_2015, SELF_GOVERNMENT_2025, AUTONOMY, AUTONOMY_2026, PARTY),
        ends={
            "luat-2015": ("2025-03-01", "luat-2025"),
            "nd-130": ("2026-05-01", "nd-75"),
            "nq-27": ("2020-01-01", "nd-75"),
        },
    )


@pytest.fixture
def document():
    """Makes an extraction out of lines and the citations in them: (quote, fields of the citation)."""

    def make(*lines, citations=(), signed="2023-12-22", **metadata):
        text = "\n".join(lines)
        found, after = [], 0
        for quote, fields in citations:
            start = text.index(quote, after)
            after = start + len(quote)
            found.append(Citation(start, after, quote, **fields))
        about = Metadata(doc_type="Quyết định", number="3044/QĐ-UBND", issued=signed, issuer="UBND tỉnh", **metadata)
        return Extraction(text, metadata=about, citations=tuple(found))

    return make
