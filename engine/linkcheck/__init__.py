"""Whether a link answers: what is asked of the web, and nothing but the web."""
