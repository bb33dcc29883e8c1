"""Mail about no request yet: what it opens, or what is asked and told instead."""
