"""The catalog on disk: the only code that knows where things are stored."""
