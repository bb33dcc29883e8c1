"""The coordinators' morning letter, and what its answers do."""
