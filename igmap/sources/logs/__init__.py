"""Web access logs of Apache, nginx and IIS."""
