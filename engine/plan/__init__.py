"""The only place where a rule is decided: request + event + facts + at → what follows, or every
reason why not.
"""
