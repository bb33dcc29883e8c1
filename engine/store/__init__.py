"""What the site remembers: tables, the one function that changes a request, and every read."""
