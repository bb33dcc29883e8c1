"""Mail about plans, reports and the roll-up."""
