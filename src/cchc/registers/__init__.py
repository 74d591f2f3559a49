"""Registers and plans (sổ theo dõi, kế hoạch): what is kept by units, row by row, and the tasks that rows give."""
