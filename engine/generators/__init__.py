"""Generators as workers: the program's own generator functions tell when they are resumed, yield and end."""
