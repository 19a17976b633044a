"""Where rdflib's parsers put what they read: one dictionary of resources, without the indexes of a store.

Loaded only where RDF is read, for it loads rdflib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import Graph, URIRef
from rdflib.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Sink", "parsed"]

_OWN = URIRef("urn:parcc:read")


class Sink(Store):
    """A store of rdflib that can only be added to.

    `resources` holds what is said of each subject, its values by predicate, each once. What a file says in a graph with
    a name is said of that graph, and left out.
    """

    context_aware = True

    def __init__(self) -> None:
        super().__init__()
        self.resources: dict[Any, dict[Any, dict[Any, None]]] = {}

    def add(
        self,
        triple: tuple[Any, Any, Any],
        context: Any = None,
        quoted: bool = False,  # noqa: FBT001, FBT002 - the signature is rdflib's
    ) -> None:
        """Take a statement."""
        del quoted  # only N3 quotes
        if context is None or context.identifier == _OWN:
            subject, predicate, value = triple
            self.resources.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:  # noqa: FBT001, FBT002 - as above
        """Take no note of a prefix: the parsers remember their own."""

    def namespace(self, prefix: str) -> None:
        """Know no prefix."""

    def prefix(self, namespace: Any) -> None:
        """Know no prefix."""

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Know no prefix."""
        return iter(())


def parsed(data: bytes | str | dict[str, Any], *, syntax: str) -> dict[str, dict[str, dict[Any, None]]]:
    """Read what a file says of each resource."""
    sink = Sink()
    source: Any = data  # a dictionary is JSON read already, which the types of rdflib leave out
    Graph(store=sink, identifier=_OWN, bind_namespaces="none").parse(data=source, format=syntax)
    return {
        str(subject): {str(predicate): values for predicate, values in said.items()}
        for subject, said in sink.resources.items()
    }
