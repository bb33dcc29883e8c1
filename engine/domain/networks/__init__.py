"""The year of the professional networks: plans, reports, roll-up, and who sits where; pure."""
