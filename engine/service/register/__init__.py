"""Who is who: parties, holders of duties, their absences and their mail domains."""
