"""What keeps a site whole: its health, workers, backups, and what it holds looked through."""
