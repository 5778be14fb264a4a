"""Persons who are known, from headers, tables or what was found before, looked for by every form of their names."""

from typing import TYPE_CHECKING

from igmap.lazily import fetcher

if TYPE_CHECKING:
    from igmap.inventory.people.known.known import Known

__all__ = ["Known"]
__getattr__ = fetcher(__name__, {"Known": "known"})
