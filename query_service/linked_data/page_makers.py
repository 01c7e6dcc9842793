"""Pages of their own for some kinds of items: what makes one, and what it makes it from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from query_service.delivery import Asked
from query_service.generations import Generation
from query_service.linked_data.item_page import ItemPage
from query_service.linked_data.labels import Labels
from query_service.linked_data.records import Description

__all__ = ["Finish", "PageMaker", "Told"]


class Told(NamedTuple):
    """An item as the page that every item has tells it.

    :ivar page: that page; a page of its own may show parts of it.
    :ivar description: all that is said of the item, with what pages alone may show, such as wordings.
    :ivar labels: names of what the description mentions.
    """

    page: ItemPage
    description: Description
    labels: Labels


#: Makes the bytes of a page; called in a thread.
Finish = Callable[[Told], bytes]
#: Makes ready for a request what a page of one kind needs; called in the event loop.
PageMaker = Callable[[Asked, Generation], Awaitable[Finish]]
