"""The window. It draws state and asks for changes; it opens no file and runs no algorithm."""
