"""The method: arrays in, arrays out. No Qt, and no heavy library at import."""
