"""Who marks: processes of this machine, or of a cluster; what travels to them."""
