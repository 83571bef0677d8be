"""What the window shows, without the window: the document, the selection, what is in the gallery, settings."""
