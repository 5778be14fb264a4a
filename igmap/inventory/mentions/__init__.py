"""Mentions: what in a text may point at a person, of every kind, in offsets of the text as given."""

from igmap.inventory.mentions.find import KINDS, look, mentions_in, mentions_of

__all__ = ["KINDS", "look", "mentions_in", "mentions_of"]
