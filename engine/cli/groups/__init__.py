"""The commands, one file per group: they call services and print."""
