"""Dossiers (hồ sơ): received at the one-stop, carried through their steps in working time, settled, handed over."""
