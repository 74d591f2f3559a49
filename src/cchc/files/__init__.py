"""Evidence and attachments: received under limits, kept by hash, cited by other rooms, shown and handed out safely."""
