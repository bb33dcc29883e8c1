"""What a site can set, and the register, calendar and demo data that come with the program."""
