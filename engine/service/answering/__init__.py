"""What a mail comes to: everything that answers one."""
