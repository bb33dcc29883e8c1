"""What a mail may be besides an act: a question, a repeat, a bounce, or a word of a stranger."""
