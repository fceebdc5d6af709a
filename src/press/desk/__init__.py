"""The desk: wires the rooms together and runs the day's work in order."""
