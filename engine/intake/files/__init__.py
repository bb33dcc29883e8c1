"""Text out of attached files."""
