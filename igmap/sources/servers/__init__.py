"""Databases that are read in place."""
