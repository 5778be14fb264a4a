"""Persons who are known, from headers, tables or what was found before, looked for by every form of their names."""

from igmap.inventory.people.known.known import Known

__all__ = ["Known"]
