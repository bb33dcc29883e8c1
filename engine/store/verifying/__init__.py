"""Whether everything that is stored hangs together, for `db verify`."""
