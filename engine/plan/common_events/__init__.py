"""Events that every routine has: waits, corrections, a wrong person, a new version, imports."""
