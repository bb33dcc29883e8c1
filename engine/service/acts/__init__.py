"""An act on a request: its case read under the lock, decided, and written."""
