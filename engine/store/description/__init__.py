"""The tables and statements as SQLModel and SQLAlchemy describe them; `generate` makes SQL of them.

Nothing that runs a site imports from here: what runs reads `engine.store.statements`.
"""
