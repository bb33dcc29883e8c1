"""Mail that no person wrote: its kind, bounces, and whose letter came back."""
