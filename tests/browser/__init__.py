"""The app in a real browser, as its visitors meet it."""
