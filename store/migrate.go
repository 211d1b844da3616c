package store

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
	"github.com/gtnum/gtnum/model"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the scripts that make a store, in order. One that was
// released never changes; the next is added behind it.
func migrations() (scripts []string, err error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	for _, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		scripts = append(scripts, string(text))
	}
	return scripts, err
}

// application marks a SQLite file as a store: "GTnu".
const application = 0x47546e75

// prepare brings the database's schema up to date.
func (s *Store) prepare(ctx context.Context) error {
	scripts, err := migrations()
	if err != nil {
		return err
	}
	have, err := s.schemaVersion(ctx, s.pools.write)
	if err != nil && s.opts.Read != "" {
		have, err = s.schemaVersion(ctx, s.pools.read) // the primary is away; a standby can be served
	}
	switch {
	case err != nil:
		return err
	case have > len(scripts):
		return errNewer(have, len(scripts))
	case have == 0 && !s.opts.Create:
		return say.Errorf("%v à cet endroit\u00a0; gtnum import en fait un", "%v in it; gtnum import makes one", ErrNoStore)
	case have < len(scripts):
		if err := s.migrate(ctx, scripts); err != nil {
			// PostgreSQL lets two begin: the one that waits fails where the other is through.
			if now, e := s.schemaVersion(ctx, s.pools.write); e != nil || now != len(scripts) {
				return err
			}
		}
	}
	err = s.pools.read.QueryRowContext(ctx, "SELECT buckets FROM clock").Scan(&s.buckets)
	if err == nil && s.buckets < 1 {
		err = say.Errorf("%v\u00a0: ses listes ont %d parties", "%v: its lists have %d parts", ErrCorrupt, s.buckets)
	}
	return err
}

func errNewer(have, known int) error {
	return say.Errorf("%v\u00a0: son schéma est de version %d, ce programme les connaît jusqu’à %d\u00a0; installez le gtnum plus récent",
		"%v: its schema has version %d, this program knows up to %d; install the newer gtnum", ErrNewer, have, known)
}

// schemaVersion is the number of migrations that a database has seen.
func (s *Store) schemaVersion(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}) (version int, err error) {
	var n int
	if err := db.QueryRowContext(ctx, s.dialect.sql(s.dialect.tables), "gtnum_schema").Scan(&n); err != nil {
		return 0, err
	}
	if n > 0 {
		err = db.QueryRowContext(ctx, "SELECT version FROM gtnum_schema").Scan(&version)
		return version, err
	}
	if s.dialect == onSQLite {
		err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n)
		if err == nil && n > 0 {
			err = say.Errorf("%v\u00a0: c’est une base SQLite d’un autre programme", "%v: it is a SQLite database of another program", ErrCorrupt)
		}
	}
	return 0, err
}

// migrate runs the scripts that the database has not seen, all in one
// transaction. It looks again, as another process may have done it meanwhile.
func (s *Store) migrate(ctx context.Context, scripts []string) error {
	tx, err := s.pools.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	have, err := s.schemaVersion(ctx, tx)
	if err != nil {
		return err
	}
	if have == 0 {
		if err := s.first(ctx, tx); err != nil {
			return err
		}
	}
	for i := have; i < len(scripts); i++ {
		if err := s.script(ctx, tx, scripts[i]); err != nil {
			return fmt.Errorf("migration %d: %w", i+1, err)
		}
		if i == 0 {
			_, err = tx.ExecContext(ctx, s.dialect.sql("INSERT INTO clock (id, at, version, changed, buckets) VALUES (1, ?, 0, 0, ?)"), 0, s.opts.Buckets)
		}
		if err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, s.dialect.sql("UPDATE gtnum_schema SET version = ?"), len(scripts)); err != nil {
		return err
	}
	return tx.Commit()
}

// first makes the table that says which migrations were run.
func (s *Store) first(ctx context.Context, tx *sql.Tx) error {
	text := "CREATE TABLE gtnum_schema (version BIGINT NOT NULL);\nINSERT INTO gtnum_schema VALUES (0);\n"
	if s.dialect == onSQLite {
		text += fmt.Sprintf("PRAGMA application_id = %d;\n", application)
	}
	return s.script(ctx, tx, text)
}

// script runs statements that end with semicolons at the end of lines.
func (s *Store) script(ctx context.Context, tx *sql.Tx, text string) error {
	for statement := range strings.SplitSeq(s.dialect.types.Replace(text), ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func parseHeading(text string) (*model.Catalogue, error) {
	cat := &model.Catalogue{}
	return cat, json.Unmarshal([]byte(text), cat)
}

// redacted is an address without its password, wherever it stands.
func redacted(address string) string {
	if !isPostgres(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil { // of characters that ought to be escaped
		scheme, rest, _ := strings.Cut(address, "://")
		rest, _, _ = strings.Cut(rest[strings.LastIndexByte(rest, '@')+1:], "?")
		return scheme + "://xxxxx@" + rest
	}
	q := u.Query()
	for _, key := range []string{"password", "sslpassword"} {
		if q.Has(key) {
			q.Set(key, "xxxxx")
			u.RawQuery = q.Encode()
		}
	}
	return u.Redacted()
}

// explain says which store an error is of, and what kind of error it is.
func (s *Store) explain(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case strings.HasPrefix(err.Error(), "store"):
		return err
	case s.dialect == onSQLite && damaged(err):
		return say.Errorf("entrepôt %s\u00a0: %v\u00a0: %v", "store %s: %v: %v", s, ErrCorrupt, err)
	case readOnly(err):
		return say.Errorf("entrepôt %s\u00a0: ni lui ni son dossier, où même la lecture pose des fichiers, ne peut être en lecture seule\u00a0: %v",
			"store %s: it is read-only, or its folder is, where even who reads puts files: %v", s, err)
	case full(err):
		return say.Errorf("entrepôt %s\u00a0: il n’y a plus de place sur son disque\u00a0: %v", "store %s: no room is left on its disk: %v", s, err)
	}
	return say.Errorf("entrepôt %s\u00a0: %v", "store %s: %v", s, err)
}
