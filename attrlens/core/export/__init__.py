"""Writers of what leaves the catalog. Every file is completed under another name, then takes its own."""
