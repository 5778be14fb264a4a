"""JSON of any depth, as tables."""
