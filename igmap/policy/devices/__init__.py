"""What sites keep on and read from a visitor's device, as captures show it, and what policy and law say of it."""
