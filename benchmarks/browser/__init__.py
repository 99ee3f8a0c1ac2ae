"""`make bench-browser`: how quick the page is, in a real browser."""
