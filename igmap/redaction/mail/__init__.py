"""Mail redacted part by part: a mailbox stays a mailbox, a message a message, a thread a thread."""
