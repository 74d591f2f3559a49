"""Telling officials what concerns them: in the application, by mail at once or once a day, with a calendar file.

A room lists its kinds of notices in its module `notice_kinds`, and their words in `notice_texts.yaml` beside it:

KINDS = (NoticeKind("followups.task_given", LocalText("Giao việc", "Task given"), ("task", "by"), page=task_page),)

and tells inside its own action, so that the notice is there exactly when what it tells of is:

tell(actor=actor, now=now, tellings=[
    Telling("followups.task_given", official.pk, task, {"task": task.title, "by": actor.name}, due_at=task.due_at),
])

Of what a lower room does it hears through `cchc.audit.followers`.
"""
