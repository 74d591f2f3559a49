"""What a fresh installation shows: real published facts that ship with the product."""
