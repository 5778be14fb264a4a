"""Dumps of MySQL, PostgreSQL and SQLite: parsed, never executed."""
