"""HTML as people see it: what a mail program would show, and nothing that it hides."""
