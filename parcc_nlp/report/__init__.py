"""Results for people to read: text for a terminal or a file, one self-contained HTML page."""

from parcc_nlp.report.dossier import Dossier, assemble

__all__ = ["Dossier", "assemble"]
