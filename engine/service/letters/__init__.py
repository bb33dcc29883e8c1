"""Letters on their way out: written, previewed, gathered, counted, sent to somebody else."""
