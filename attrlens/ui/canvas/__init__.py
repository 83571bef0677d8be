"""The map and the grid."""
