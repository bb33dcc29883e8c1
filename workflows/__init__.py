"""The routines as files, and the named conditions that they may use."""
