"""Looking at a graph: one page for a browser, and one still picture for a sheet of paper."""

from parcc_nlp.graph.drawing.page import graph_page
from parcc_nlp.graph.drawing.picture import graph_png, graph_svg
from parcc_nlp.graph.drawing.statuses import event_days, reasons_on, statuses_on

__all__ = ["event_days", "graph_page", "graph_png", "graph_svg", "reasons_on", "statuses_on"]
