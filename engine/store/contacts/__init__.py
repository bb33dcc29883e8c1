"""Who is who: the register, and how mail reaches the people in it."""
