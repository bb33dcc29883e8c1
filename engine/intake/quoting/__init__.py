"""What the writer wrote, and what stands there because another letter is quoted."""
