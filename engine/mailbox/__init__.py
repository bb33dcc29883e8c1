"""Where mail comes from; picked by the composition root."""
