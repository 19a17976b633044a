"""The graph in the formats of others: one module a format.

Whatever is written, the same graph gives the same bytes. GraphML, node-link JSON, JSON-LD and Turtle are read back into
an equal graph.
"""

from parcc_nlp.graph.exchange.cypher import to_cypher
from parcc_nlp.graph.exchange.dot import to_dot
from parcc_nlp.graph.exchange.gexf import to_gexf
from parcc_nlp.graph.exchange.graphml import from_graphml, to_graphml
from parcc_nlp.graph.exchange.json_ld import from_json_ld, to_json_ld
from parcc_nlp.graph.exchange.neo4j import to_neo4j
from parcc_nlp.graph.exchange.node_link import from_node_link, to_node_link
from parcc_nlp.graph.exchange.plain import lost_characters
from parcc_nlp.graph.exchange.turtle import from_turtle, to_turtle
from parcc_nlp.graph.exchange.vocabulary import vocabulary

__all__ = [
    "from_graphml",
    "from_json_ld",
    "from_node_link",
    "from_turtle",
    "lost_characters",
    "to_cypher",
    "to_dot",
    "to_gexf",
    "to_graphml",
    "to_json_ld",
    "to_neo4j",
    "to_node_link",
    "to_turtle",
    "vocabulary",
]
