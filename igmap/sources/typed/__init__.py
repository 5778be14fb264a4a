"""What the text of a column is as a type."""
