"""The networks of an area and their year: plans, reports, and FOUSAM's roll-up to SU."""
