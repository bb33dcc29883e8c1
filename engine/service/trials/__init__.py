"""Routines tried and proved before anybody's mail meets them."""
