"""CSV and its relatives: encoding, dialect, header, count."""
