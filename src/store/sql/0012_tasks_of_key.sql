-- A key's tasks are listed; the rows of its clients' jobs, which are many more, never are.
DROP INDEX jobs_of_key;
CREATE INDEX jobs_tasks_of_key ON jobs (key_id, created_ms) WHERE durable = 1;
