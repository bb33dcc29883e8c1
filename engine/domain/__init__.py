"""This field's own rules: course information, licences, labels, parties and duties; all of it pure."""
