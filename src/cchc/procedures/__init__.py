"""Administrative procedures (thủ tục hành chính): what may be asked for, by which steps, papers, fees and limits."""
