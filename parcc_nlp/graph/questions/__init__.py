"""What can be asked of the legal-reference graph: pure functions, one module a family of questions."""

from parcc_nlp.graph.questions.basis import Basis, BasisTree, CommonBases, Shared, basis_tree, common_bases
from parcc_nlp.graph.questions.circles import Circles
from parcc_nlp.graph.questions.contradictions import Conflict, Conflicts, conflicts
from parcc_nlp.graph.questions.duties import (
    Assignment,
    Load,
    SharedLead,
    agency_loads,
    assignments,
    shared_leads,
)
from parcc_nlp.graph.questions.finding import find_instruments
from parcc_nlp.graph.questions.impacts import Affected, Impact, Way, impact
from parcc_nlp.graph.questions.indicators import Goal, Indicator, indicators
from parcc_nlp.graph.questions.lineages import Branch, Lineage, Step, lineage
from parcc_nlp.graph.questions.paths import Explanation, PathStep, explain_path
from parcc_nlp.graph.questions.rankings import Ranked, most_cited, oldest_in_force, orphans, unknown_instruments
from parcc_nlp.graph.questions.successors import Succession, successor
from parcc_nlp.graph.questions.wording import edge_in_words, now_in_words, reason_in_words

__all__ = [
    "Affected",
    "Assignment",
    "Basis",
    "BasisTree",
    "Branch",
    "Circles",
    "CommonBases",
    "Conflict",
    "Conflicts",
    "Explanation",
    "Goal",
    "Impact",
    "Indicator",
    "Lineage",
    "Load",
    "PathStep",
    "Ranked",
    "Shared",
    "SharedLead",
    "Step",
    "Succession",
    "Way",
    "agency_loads",
    "assignments",
    "basis_tree",
    "common_bases",
    "conflicts",
    "edge_in_words",
    "explain_path",
    "find_instruments",
    "impact",
    "indicators",
    "lineage",
    "most_cited",
    "now_in_words",
    "oldest_in_force",
    "orphans",
    "reason_in_words",
    "shared_leads",
    "successor",
    "unknown_instruments",
]
