"""Stored requests: shown, explained, mended, and brought in from before the program's time."""
