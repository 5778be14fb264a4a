"""ZIP, TAR and packed files: every member is an export of its own."""
