"""What the program does, one use case a function: each reads, decides through the plan, and
commits once.
"""
