-- renderings are records as most harvesters ask for them: see rendering.go.
CREATE TABLE renderings (
	id         {text} PRIMARY KEY,
	format     {text} NOT NULL,   -- metadataPrefix and revision
	catalogue  {text} NOT NULL,   -- this and the next two as in records
	standing   SMALLINT NOT NULL,
	sets       TEXT NOT NULL,
	provenance TEXT NOT NULL,     -- container for about, empty if there is none
	metadata   TEXT NOT NULL      -- empty if the record is not live
);

-- what its rendering has as format, empty if it has none
ALTER TABLE records ADD COLUMN rendered TEXT NOT NULL DEFAULT '';
