"""The worker around django-tasks: schedules, recovery of tasks whose worker died, retries, heartbeat."""
