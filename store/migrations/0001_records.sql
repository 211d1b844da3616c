-- Types and clauses in braces differ between databases: see dialect.go.

-- clock has one row. Who holds it may publish; what it says is what readers
-- vouch for: see clock.go.
CREATE TABLE clock (
	id      SMALLINT PRIMARY KEY,
	at      BIGINT NOT NULL, -- seconds since 1970: every change to come has a datestamp at or after it
	version BIGINT NOT NULL, -- number of the last import that changed something
	changed BIGINT NOT NULL, -- its datestamp
	buckets SMALLINT NOT NULL -- parts of each list, so that its end is not one hot place
);

-- catalogues are headings, without their outputs.
CREATE TABLE catalogues (
	id      {text} PRIMARY KEY,
	rules   TEXT NOT NULL, -- by which sets and formats of its records were found
	heading TEXT NOT NULL  -- JSON
);

-- imports that changed something.
CREATE TABLE imports (
	version  BIGINT PRIMARY KEY,
	at       BIGINT NOT NULL, -- datestamp of what it changed
	source   TEXT NOT NULL,
	created  BIGINT NOT NULL,
	changed  BIGINT NOT NULL,
	deleted  BIGINT NOT NULL,
	restored BIGINT NOT NULL
);

-- records as they are, tombstones included.
CREATE TABLE records (
	id        {text} PRIMARY KEY, -- of the output
	catalogue {text} NOT NULL,
	grp       {text} NOT NULL,    -- empty for an output without group
	revision  BIGINT NOT NULL,    -- 1 at first
	version   BIGINT NOT NULL,    -- import that made it so
	datestamp BIGINT NOT NULL,
	standing  SMALLINT NOT NULL,  -- 0 live, 1 withdrawn by its catalogue, 2 gone from it
	formats   BIGINT NOT NULL,    -- bit set of choosy formats that accept it
	sets      TEXT NOT NULL,      -- setSpecs, blanks between
	source    {bytes} NOT NULL,   -- digest of the text that it was read from
	payload   TEXT NOT NULL       -- JSON, empty if gone
);

-- history holds what records were before.
CREATE TABLE history (
	id        {text} NOT NULL,
	revision  BIGINT NOT NULL,
	version   BIGINT NOT NULL,
	datestamp BIGINT NOT NULL,
	standing  SMALLINT NOT NULL,
	payload   TEXT NOT NULL,
	PRIMARY KEY (id, revision)
) {clustered};

-- record_sets are the lists: of each set that has the record, of those that
-- these are parts of, and of the whole, whose spec is empty.
CREATE TABLE record_sets (
	spec      {text} NOT NULL,
	bucket    SMALLINT NOT NULL,
	datestamp BIGINT NOT NULL,
	id        {text} NOT NULL,
	formats   BIGINT NOT NULL,
	PRIMARY KEY (spec, bucket, datestamp, id)
) {clustered};

-- set_counts says how many rows of record_sets have a spec, a datestamp and
-- formats: few rows, since an import gives all that it changes one datestamp.
CREATE TABLE set_counts (
	spec      {text} NOT NULL,
	datestamp BIGINT NOT NULL,
	formats   BIGINT NOT NULL,
	n         BIGINT NOT NULL,
	PRIMARY KEY (spec, datestamp, formats)
) {clustered};

-- group_counts says how many records, but those that are gone, a group of a catalogue has.
CREATE TABLE group_counts (
	catalogue {text} NOT NULL,
	grp       {text} NOT NULL,
	n         BIGINT NOT NULL,
	PRIMARY KEY (catalogue, grp)
) {clustered};
