"""How long data are kept: terms held against the dates of records."""
