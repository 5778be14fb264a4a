"""Which of many rows or boxes a picture shows when they do not all fit."""

from collections.abc import Collection, Mapping


def most(sizes: Mapping[str, int], room: int, *, first: Collection[str] = ()) -> list[str]:
    """The largest, in their own order: all when they fit, else one fewer than there is room for, which the rest takes.

    Args:
        sizes: name -> how large.
        room: how many fit.
        first: kept before larger ones.
    """
    if len(sizes) <= room:
        return list(sizes)
    kept = set(sorted(sizes, key=lambda name: (name not in first, -sizes[name], name))[: room - 1])
    return [name for name in sizes if name in kept]
