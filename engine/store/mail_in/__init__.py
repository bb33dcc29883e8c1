"""Messages: how they came, what was decided on each, and what came along."""
