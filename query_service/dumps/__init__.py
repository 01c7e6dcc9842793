"""Files of a snapshot for those who take all of it: RDF, tables, networks and SSSOM, the same bytes for the same snapshot.

One module writes each family of files; :mod:`query_service.dumps.export` puts them in a folder with their checksums.
Everything is read from the dataset and the default graph of the snapshot, which hold what is for everyone.
"""

__all__: list[str] = []
