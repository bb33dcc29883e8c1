"""The workflow language: a file that a coordinator can read aloud, as frozen values."""
