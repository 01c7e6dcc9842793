"""The door to the Integration Policy Graph: settings and the ``ipg`` command line over the packages etl and query_service."""

__all__: list[str] = []
