"""Every read of this room, from what the viewer may see."""
