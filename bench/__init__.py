"""What the program costs, measured as ratios against the least that the same work could cost."""
