"""What the rest of a table says of a field: its neighbours, what the records are of, and what the table is about.

Each module is one reason; `judging` in `verdict.py` asks them in turn, and what they say are votes like all others.
"""
