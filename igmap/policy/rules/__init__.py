"""The rules, one function each, found by the name a register's rule gives its check."""
