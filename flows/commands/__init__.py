"""What each `hearsay` command does. Every function returns the exit code."""
