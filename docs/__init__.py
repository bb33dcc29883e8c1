"""Pages about the program, and the scripts that make some of them."""
