"""Every read of this room, starting from what the viewer may see."""
