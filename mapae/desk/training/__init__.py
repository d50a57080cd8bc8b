"""Training mode (연습): the demo clock, the loopback demo shop, invented work, the tour, reset."""
