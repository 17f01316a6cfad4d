"""Panes and drawings: each draws a trace at a position, and knows no engine."""
