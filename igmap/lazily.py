"""Names of a room that are imported when first used, so that who needs little of it waits for little."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def fetcher(room: str, places: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a room: fetches a name from its module, and keeps it.

    Args:
        room: the package's `__name__`.
        places: the module of each name, in the room or, from `igmap` on, elsewhere.
    """

    def fetch(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        place = places[name]
        found = getattr(import_module(place if place.startswith("igmap.") else f"{room}.{place}"), name)
        setattr(sys.modules[room], name, found)
        return found

    return fetch
