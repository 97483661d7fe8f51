"""A journey as data that its owner takes along."""
