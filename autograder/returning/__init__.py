"""What goes back: pages, tables, and marks for a learning platform."""
