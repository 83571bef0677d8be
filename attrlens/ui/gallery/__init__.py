"""The gallery: thousands of thumbnails, of which only the visible ones exist."""
