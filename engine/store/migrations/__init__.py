"""The way from every released schema to the present one, with all that the tables hold."""
