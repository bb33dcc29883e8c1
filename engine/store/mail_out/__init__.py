"""Letters: as they are written, as they leave, and what coordinators are told of them."""
