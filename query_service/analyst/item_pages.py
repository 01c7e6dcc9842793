"""Items that have a page of their own for analysts: what makes it, by the kind of the item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from query_service.analyst.desk import Desk, View
from query_service.analyst.practices.practice_page import write_practice
from query_service.analyst.provisions.page import KINDS, make_provision_page
from query_service.delivery import Asked
from query_service.generations import Generation
from query_service.linked_data.page_makers import Finish, PageMaker, Told

__all__ = ["Make", "item_pages"]

#: Makes the page on an item; called in a thread.
Make = Callable[[View, Told], bytes]

#: What makes pages, by the first segment of the path of an item below ``id/``.
_PAGES: Final[Mapping[str, Make]] = {"practice": write_practice, **dict.fromkeys(KINDS, make_provision_page)}


def item_pages(desk: Desk) -> Mapping[str, PageMaker]:
    """What makes the pages of items that have one of their own, by kind.

    :param desk: what pages for analysts share.
    """
    return {kind: _page_maker(desk, make) for kind, make in _PAGES.items()}


def _page_maker(desk: Desk, make: Make) -> PageMaker:
    async def prepare(asked: Asked, generation: Generation) -> Finish:
        return partial(make, await desk.view(asked, generation))

    return prepare
