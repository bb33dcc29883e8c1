"""What happens because time passes: deadlines, sweeps, and the same in virtual time."""
