"""The ids of the graph's nodes, and the URIs by which others know the same things (Akoma Ntoso naming convention).

An id is made of what identifies the thing and of nothing else, so that the same thing has one id in every graph and on
every machine: an instrument's is that of the registry (type, issuer, date, number).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from parcc_nlp.graph.naming import place_name
from parcc_nlp.registry.identity import canonical_issuer, instrument_id, slug

if TYPE_CHECKING:
    from parcc_nlp.model import Citation, Extraction

__all__ = ["AGENCY", "KNOWN", "UNIT", "agency_id", "akn_uri", "cited_id", "document_id", "place_id", "within"]

AGENCY = "agency"
"""What the ids of agencies begin with."""
UNIT = "unit"
"""What the ids of administrative units begin with."""
KNOWN = "vn"
"""What stands behind that in the id of an agency that is known (`parcc_nlp.model.Responsibility.agency_id`)."""
_ROOT = KNOWN
_UNKNOWN = "-"
_DIGEST = 12
_ACTS = frozenset(
    {
        "hien-phap", "bo-luat", "luat", "phap-lenh", "lenh", "nghi-quyet", "nghi-dinh", "quyet-dinh", "thong-tu",
        "thong-tu-lien-tich", "nghi-quyet-lien-tich", "chi-thi",
    }
)  # fmt: skip
"""Types that lay down rules or decide; Akoma Ntoso calls these acts and the rest documents."""
_LOCAL = ("hdnd-", "ubnd-", "chu-tich-ubnd-", "thuong-truc-hdnd-")
_UNITS = ("tinh-", "thanh-pho-")
_PARTS = 5
_UNNUMBERED = f"{_UNKNOWN}~"
"""What the number of a document without one begins with (`document_id`); the digest of its text follows."""
_ONTOLOGY = "/akn/ontology"
_CLASSES = {AGENCY: "organization", UNIT: "location"}
"""Top level classes of Akoma Ntoso for what is no document, by the beginning of our ids."""


def document_id(extraction: Extraction) -> str:
    """Give the id of a document: by its type, issuer, date and number; one without number by its text.

    Examples
    --------
    >>> from parcc_nlp.model import Extraction, Metadata
    >>> document_id(Extraction("", metadata=Metadata("Kế hoạch", "12/KH-UBND", "2026-01-15", "UBND tỉnh Lâm Đồng")))
    'vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd'
    """
    said = extraction.metadata
    if said.number:
        return instrument_id(doc_type=said.doc_type, issuer=said.issuer, issued=said.issued, number=said.number)
    digest = hashlib.sha256(extraction.text.encode("utf-8", errors="surrogatepass")).hexdigest()[:_DIGEST]
    made = instrument_id(doc_type=said.doc_type, issuer=said.issuer, issued=said.issued)
    return f"{made.removesuffix(_UNKNOWN)}{_UNNUMBERED}{digest}"


def cited_id(citation: Citation, *, document: str) -> str:
    """Give the id of what a citation names.

    Where the citation was not identified, the id says as much as the citation does; a local number without issuer or
    date may be anybody's, so that it stays this document's own.

    Examples
    --------
    >>> from parcc_nlp.model import Citation
    >>> cited_id(Citation(0, 1, "x", "Kế hoạch", "24/KH-UBND"), document="vn/a/b/c/d")
    'vn/ke-hoach/-/-/24-kh-ubnd@vn/a/b/c/d'
    """
    if citation.instrument:
        return citation.instrument
    made = instrument_id(
        doc_type=citation.doc_type,
        issuer=citation.issuer,
        issued=citation.issued,
        number=citation.number or citation.name or " ".join(citation.text.split()),
    )
    parts = made.split("/")
    is_whole = len(parts) == _PARTS and _UNKNOWN not in parts
    return made if is_whole else f"{made}@{document}"


def within(instrument: str, eid: str) -> str:
    """Give the id of a unit of an instrument.

    Examples
    --------
    >>> within("vn/luat/quoc-hoi/2024-01-18/31-2024-qh15", "dieu_5__khoan_2")
    'vn/luat/quoc-hoi/2024-01-18/31-2024-qh15#dieu_5__khoan_2'
    """
    return f"{instrument}#{eid}"


def agency_id(name: str, *, known: str | None, place: str | None) -> str:
    """Give the id of an agency: the known one, else its name with the place it is named in.

    Examples
    --------
    >>> agency_id("Sở Tư pháp", known="vn/lam-dong/so-tu-phap", place="Lâm Đồng")
    'agency/vn/lam-dong/so-tu-phap'
    >>> agency_id("các sở, ban, ngành", known=None, place="Lâm Đồng")
    'agency/lam-dong/cac-so-ban-nganh'
    """
    if known:
        return f"{AGENCY}/{known}"
    return "/".join((AGENCY, slug(place_name(place)) if place else _UNKNOWN, slug(canonical_issuer(name)) or _UNKNOWN))


def place_id(place: str) -> str:
    """Give the id of a province or city.

    Examples
    --------
    >>> place_id("Thành phố Hồ Chí Minh") == place_id("Hồ Chí Minh")
    True
    """
    return f"{UNIT}/{slug(place_name(place))}"


def akn_uri(node_id: str) -> str:
    """Give the Akoma Ntoso URI of a node: of an instrument or a unit of one, an agency, an administrative unit.

    - An instrument is a work (``/akn/<country or country-province>/<act or doc>/<type>/<issuer>/<date>/<number>``); a
      unit of it follows ``/!main~`` with its eId (OASIS Akoma Ntoso Naming Convention 1.0, 4.4 and 5). What is not
      known is written "-"; a document without number is ``nn`` with the digest of its text.
    - An agency is an instance of the class of organizations and a province one of locations
      (``/akn/ontology/<class>/<name>``).
    - A citation that was not identified is no work, for it may be anybody's: it is a reference that its document makes
      (``/akn/ontology/reference/<document>/<what it says>``). "@" would begin the date of a version.

    Examples
    --------
    >>> akn_uri("vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp#dieu_5")
    '/akn/vn/act/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp/!main~dieu_5'
    >>> akn_uri("vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd")
    '/akn/vn-lam-dong/doc/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd'
    >>> akn_uri("agency/vn/lam-dong/so-tu-phap")
    '/akn/ontology/organization/vn/lam-dong/so-tu-phap'
    """
    whole, _, unit = node_id.partition("#")
    root, _, name = whole.partition("/")
    if root in _CLASSES:
        uri = f"{_ONTOLOGY}/{_CLASSES[root]}/{name}"
    elif "@" in whole:
        cited, _, citing = whole.partition("@")
        uri = f"{_ONTOLOGY}/reference/{_dotted(citing)}/{_dotted(cited)}"
    else:
        uri = _work_uri(whole)
    return f"{uri}/!main~{unit}" if unit else uri


def _work_uri(instrument: str) -> str:
    parts = [part or _UNKNOWN for part in instrument.split("/")[1:]]
    doc_type, issuer = [*parts, _UNKNOWN, _UNKNOWN][:2]
    if parts and parts[-1].startswith(_UNNUMBERED):
        parts[-1] = f"nn.{parts[-1].removeprefix(_UNNUMBERED)}"
    return "/".join(("/akn", _jurisdiction(issuer), "act" if doc_type in _ACTS else "doc", *parts))


def _dotted(instrument: str) -> str:
    """Write an id as one name: its parts hold no points."""
    return instrument.replace("/", ".")


def _jurisdiction(issuer: str) -> str:
    """Give the country, with the province behind it for what a province issues."""
    body = next((issuer.removeprefix(start) for start in _LOCAL if issuer.startswith(start)), None)
    if body is None:
        return _ROOT
    place = next((body.removeprefix(start) for start in _UNITS if body.startswith(start)), None)
    return f"{_ROOT}-{place}" if place else _ROOT
