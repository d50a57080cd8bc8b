"""Messages by e-mail become complaints: read from files, understood whatever their charset, taken in once."""
