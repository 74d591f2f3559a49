"""Apology and re-appointment (xin lỗi và hẹn lại): what is owed to owners of dossiers, and the letters that pay it."""
