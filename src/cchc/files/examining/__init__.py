"""Looking into a file in a process of its own, under limits: is it what it seems, what does it show. Without Django."""
