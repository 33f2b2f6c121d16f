-- Deliveries that were given up: counted by /metrics, whatever the history of delivered ones.
CREATE INDEX deliveries_dead ON deliveries (created_ms) WHERE next_ms IS NULL AND delivered_ms IS NULL;
