"""Answers to the morning letter, line by line."""
