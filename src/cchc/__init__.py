"""cchc: administrative reform for Vietnamese provinces and communes."""
