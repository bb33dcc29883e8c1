"""Mail out: letters are rendered from templates and handed over to a transport."""
