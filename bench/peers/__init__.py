"""Other programs that do a like thing, each in a process and on an interpreter of its own."""
