"""Who is who: parties, duties, agreements, absence; pure."""
