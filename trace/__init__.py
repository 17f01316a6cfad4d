"""The trace of a run: its events, its file format, the state at any cursor, and the words that tell it."""
