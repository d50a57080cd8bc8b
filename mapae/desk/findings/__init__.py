"""The inbox: findings imported from screening runs, and what officers decide of them."""
