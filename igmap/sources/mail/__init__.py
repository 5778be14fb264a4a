"""Mailboxes and single messages, with their attachments."""
