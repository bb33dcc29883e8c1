"""Rows in, documents out: tables, lists and overviews for people and programs."""
