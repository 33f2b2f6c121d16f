-- Why a job ended: the id of a row of base/err.def instead of its number, which shifts when a row is
-- added. What a number meant then can no longer be told.
ALTER TABLE jobs ADD COLUMN error TEXT;
UPDATE jobs SET error = 'E_INTERNAL' WHERE error_code > 0;
ALTER TABLE jobs DROP COLUMN error_code;
