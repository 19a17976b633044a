"""Batches: the same pure function over any number of files, by processes or a cluster, into Parquet tables.

Examples
--------
>>> from parcc_nlp.library.batch import TABLES
>>> list(TABLES)
['documents', 'citations', 'targets', 'responsibilities', 'effects', 'findings', 'errors']
"""

from parcc_nlp.library.batch.engines import Engine, Machines, engine_names, register_engine
from parcc_nlp.library.batch.parquet import arrow_schema
from parcc_nlp.library.batch.run import BatchSummary, run_batch
from parcc_nlp.library.batch.tables import TABLES, Column

__all__ = [
    "TABLES",
    "BatchSummary",
    "Column",
    "Engine",
    "Machines",
    "arrow_schema",
    "engine_names",
    "register_engine",
    "run_batch",
]
