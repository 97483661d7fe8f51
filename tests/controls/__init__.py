"""Controls that can be switched off one at a time, to see that a test notices."""
