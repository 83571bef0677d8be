"""The catalog's files: its folders, and those that make trouble."""
