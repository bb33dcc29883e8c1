"""Words for people, in bokmål, nynorsk and English: days, spans, reasons, names and transcripts."""
