"""This field's own rules, pure: course information, licences, labels, parties and duties."""
