"""Where images lie on the map and on the grid, and which of them belong together."""
