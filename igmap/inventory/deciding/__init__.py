"""Deciding what a field is: one at a time, 400 through a spreadsheet, and what that does to the inventory."""
