"""What this plugin registers with the socket."""
