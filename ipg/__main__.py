"""Run ``ipg``: the one place where settings are read and errors become messages and exit codes."""

from __future__ import annotations

import sys

import click
from pydantic import ValidationError

from etl.errors import EtlError
from ipg.cli import cli
from query_service.errors import ServiceError

__all__ = ["main"]


def main() -> None:
    """Run the command line; exit with 1 on an error of the project's own, 2 on wrong usage."""
    try:
        cli(standalone_mode=True)
    except ValidationError as error:
        first = error.errors()[0]
        click.echo(f"Error: setting IPG_{str(first['loc'][0]).upper()}: {first['msg']} (found {first['input']!r})", err=True)
        sys.exit(2)
    except (EtlError, ServiceError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
