"""Requests, their deadlines, and what is told of many of them."""
