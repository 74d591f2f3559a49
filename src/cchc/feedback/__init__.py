"""What citizens say of the work (phản hồi): ratings of dossiers by their owners, asked for by forms handed out."""
