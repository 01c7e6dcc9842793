"""The pipeline: sources -> records -> graphs -> validated snapshot.

Documents become records (:mod:`etl.extract`), records and curated knowledge become named graphs
(:mod:`etl.graphs`), reasoning adds what follows (:mod:`etl.reason`), SHACL checks the whole
(:mod:`etl.validate`) and the result is put in place as one immutable snapshot (:mod:`etl.snapshot`).
Only :mod:`etl.pipeline` knows the order of the steps.
"""

__all__: list[str] = []
