-- What is due is looked for host by host, so that a slow one hides nobody else's.
DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (host, next_ms) WHERE next_ms IS NOT NULL;
