"""The IRIs of nodes and relations: by the naming convention of Akoma Ntoso, below a base that the caller gives."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from parcc_nlp.errors import UsageError
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES
from parcc_nlp.graph.identifiers import akn_uri
from parcc_nlp.registry.identity import slug

__all__ = ["BASE", "checked_base", "node_iri", "relation_iri", "value_iri"]

BASE = "urn:parcc:"
"""Names without an address, for those who publish nothing."""
_BASE = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?:[^\s<>\"{}|\\^`%\x00-\x20\x7f-\x9f\ud800-\udfff]|%[0-9A-Fa-f]{2})*"
)
_TOLD = re.compile(
    r"(?:vn(?:/[\w-]+)+(?:~[0-9a-f]{12})?(?:@vn(?:/[\w-]+)+(?:~[0-9a-f]{12})?)?|(?:agency|unit)(?:/[\w-]+)+)(?:#[\w.-]+)?"
)
"""An id that its IRI repeats in full; of any other the IRI tells only a part, and a digest the rest."""
_NOT_IRI = re.compile(r"[^\w/.~!@-]")
_DIGEST = 12


def checked_base(base: str) -> str:
    """Give the base IRI ready to be added to.

    Raises
    ------
    UsageError
        It is no absolute IRI, or its scheme is one of our prefixes (E313).

    Examples
    --------
    >>> checked_base("https://example.org/data"), checked_base("urn:parcc:")
    ('https://example.org/data/', 'urn:parcc:')
    """
    found = _BASE.fullmatch(base)
    if found is None or found["scheme"] in NAMESPACES:
        raise UsageError("E313", name="base", detail=base)
    return base if base[-1] in "/:#" else f"{base}/"


def node_iri(node_id: str, *, base: str) -> str:
    """Give the IRI of a node: the same for the same id in every graph, and another for another id.

    Examples
    --------
    >>> node_iri("vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp#dieu_5", base="urn:parcc:")
    'urn:parcc:akn/vn/act/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp/!main~dieu_5'
    >>> node_iri("agency/vn/lam-dong/so-tu-phap", base="https://example.org/")
    'https://example.org/akn/ontology/organization/vn/lam-dong/so-tu-phap'
    """
    iri = base + _escaped(akn_uri(node_id).lstrip("/"))
    return iri if _TOLD.fullmatch(node_id) else f"{iri}~{_digest(node_id)}"


def relation_iri(edge: str, *, base: str) -> str:
    """Give the IRI of a relation by the id of its edge."""
    return f"{base}relation/{edge}"


def value_iri(kind: str, text: str, *, base: str) -> str:
    """Give the IRI of what is said of many things: a type of documents, an issuer, a kind of units.

    Examples
    --------
    >>> value_iri("type", "Nghị định", base="urn:parcc:")
    'urn:parcc:type/nghi-dinh'
    """
    name = slug(text)
    return f"{base}{kind}/{name or _digest(text)}"


def _escaped(path: str) -> str:
    """Write what an IRI does not allow with percent signs; letters of any script are allowed."""
    return _NOT_IRI.sub(_percent, path)


def _percent(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]
