"""Europe as tiles: each country one square, as near to its place as squares allow; nothing is fetched from elsewhere.

The tiles are those of the member states of the Council of Europe. A square says nothing of size or borders.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["TILES", "Tile"]


class Tile(NamedTuple):
    """The place of a country.

    :ivar key: its ISO 3166-1 alpha-3 code in lower case.
    :ivar column: from the west, from 0.
    :ivar row: from the north, from 0.
    """

    key: str
    column: int
    row: int


_GRID: Final = """
isl ... ... ... nor swe fin est ... ... ...
... ... ... ... dnk ... ... lva ... ... ...
irl gbr ... nld deu pol ltu ... ... ... ...
... ... bel lux cze svk ukr ... ... ... ...
... fra che lie aut hun rou mda ... ... ...
prt esp and ita svn hrv srb bgr ... geo ...
... ... mco smr ... bih mkd ... tur arm aze
... ... ... mlt ... mne alb grc cyp ... ...
"""
TILES: Final = tuple(
    Tile(key, column, row)
    for row, line in enumerate(_GRID.split("\n")[1:-1])
    for column, key in enumerate(line.split())
    if key != "..."
)
