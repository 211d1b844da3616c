package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"github.com/gtnum/gtnum/internal/say"
)

// dialect is all that differs between databases.
type dialect struct {
	name string
	// types fills the braces of the migrations.
	types *strings.Replacer
	// numbered says that parameters are $1, $2, not ?.
	numbered bool
	// lockClock reads the clock's row and keeps it from others until the
	// transaction ends; beat sets it unless another holds it.
	lockClock, beat string
	// tables counts the tables of a name.
	tables string
	// temporary makes tables that end with the import.
	temporary *strings.Replacer
	// insert begins a statement that writes new rows. SQLite need not be
	// ready to undo half of one: a failure ends the transaction.
	insert   string
	snapshot sql.IsolationLevel
}

var onSQLite = &dialect{
	name:      "SQLite",
	types:     strings.NewReplacer("{text}", "TEXT", "{bytes}", "BLOB", "{clustered}", "WITHOUT ROWID"),
	lockClock: "SELECT at, version, buckets FROM clock", // BEGIN IMMEDIATE has locked all
	beat:      "UPDATE clock SET at = ? WHERE id = 1 AND at < ?",
	tables:    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?",
	temporary: strings.NewReplacer("{table}", "TEMP TABLE IF NOT EXISTS", "{text}", "TEXT", "{clustered}", "WITHOUT ROWID"),
	insert:    "INSERT OR FAIL INTO ",
}

var onPostgres = &dialect{
	name:      "PostgreSQL",
	types:     strings.NewReplacer("{text}", `TEXT COLLATE "C"`, "{bytes}", "BYTEA", "{clustered}", ""),
	numbered:  true,
	lockClock: "SELECT at, version, buckets FROM clock FOR UPDATE",
	beat:      "UPDATE clock SET at = ? WHERE id IN (SELECT id FROM clock WHERE at < ? FOR UPDATE SKIP LOCKED)",
	tables:    "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ?",
	temporary: strings.NewReplacer("{table}", "TEMP TABLE", "{text}", `TEXT COLLATE "C"`, "{clustered}", "ON COMMIT DROP"),
	insert:    "INSERT INTO ",
	snapshot:  sql.LevelRepeatableRead,
}

// sql writes a statement, whose parameters are question marks, as the
// database wants it.
func (d *dialect) sql(text string) string {
	if !d.numbered {
		return text
	}
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(text, "?") {
		if n > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	return b.String()
}

// pools are the connections of a store.
type pools struct {
	read, write, beat *sql.DB
}

func (p pools) close() error {
	return errors.Join(p.read.Close(), p.write.Close(), p.beat.Close())
}

// isPostgres reports whether an address is of PostgreSQL, not of a file.
func isPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// readers is the number of connections that read at the same time: those to a
// file are busy all the time, each with a cache of its own.
var readers = max(4, 2*runtime.GOMAXPROCS(0))

func openPostgres(address, readAddress string) (pools, error) {
	var p pools
	var err error
	if p.write, err = sql.Open("pgx", address); err != nil {
		return p, say.Errorf("l’adresse de la base\u00a0: %v", "the address of the database: %v", err)
	}
	p.write.SetMaxOpenConns(4)
	p.beat = p.write
	if readAddress == "" {
		readAddress = address
	}
	if p.read, err = sql.Open("pgx", readAddress); err != nil {
		return p, say.Errorf("l’adresse où lire\u00a0: %v", "the address to read from: %v", err)
	}
	p.read.SetMaxOpenConns(4 * readers)
	p.read.SetMaxIdleConns(4 * readers)
	return p, nil
}

// openSQLite opens a file. Only one connection writes, so none waits in vain
// for a lock that a sister holds; beat does not wait at all.
func openSQLite(file string, o *Options) (pools, error) {
	if err := checkFile(file, o.Create); err != nil {
		return pools{}, err
	}
	return pools{
		write: sqliteDB(file, o, 1, "busy_timeout(1000)", "page_size(16384)", "cache_size(-8192)"),
		beat:  sqliteDB(file, o, 1, "busy_timeout(0)"),
		read:  sqliteDB(file, o, readers, "busy_timeout(5000)", "cache_size(-2048)", "query_only(1)"),
	}, nil
}

// sqliteDB returns connections to a file, each made with some pragmas.
func sqliteDB(file string, o *Options, conns int, pragmas ...string) *sql.DB {
	q := url.Values{"_txlock": {"immediate"}}
	if !o.Create {
		q.Set("mode", "rw")
	}
	q["_pragma"] = append(pragmas, "synchronous("+o.synchronous+")", "temp_store(FILE)")
	q.Set("_journal_mode", "WAL") // which the driver sets behind the others: no page_size after it
	path := (&url.URL{Path: file}).EscapedPath()
	if strings.HasPrefix(path, "/") {
		path = "//" + path // or else what follows "//" would be a host
	}
	address := url.URL{Scheme: "file", Opaque: path, RawQuery: q.Encode()}
	db, _ := sql.Open("sqlite", address.String()) // fails for unknown drivers alone
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db
}

// checkFile says in a sentence what keeps a file from being a store.
func checkFile(file string, create bool) error {
	if file == "" || file == ":memory:" { // where each connection would have a database of its own
		return say.Errorf("entrepôt «\u00a0%s\u00a0»\u00a0: il lui faut un fichier", "store %q: it takes a file", file)
	}
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		if !create {
			return say.Errorf("%v %s\u00a0; gtnum import en fait un", "%v %s; gtnum import makes one", ErrNoStore, file)
		}
		if _, err := os.Stat(filepath.Dir(file)); err != nil {
			return say.Errorf("entrepôt %s\u00a0: il n’y a pas de dossier %s", "store %s: there is no folder %s", file, filepath.Dir(file))
		}
		return nil
	}
	if err != nil {
		return say.Errorf("entrepôt\u00a0: %v", "store: %v", err)
	}
	defer f.Close()
	head := make([]byte, 16)
	if n, _ := f.Read(head); n > 0 && string(head) != "SQLite format 3\x00" {
		return say.Errorf("entrepôt %s\u00a0: %v\u00a0: il ne commence pas comme un fichier SQLite", "store %s: %v: it does not begin as a file of SQLite does", file, ErrCorrupt)
	}
	return nil
}

// exec runs a statement outside of a transaction.
func (s *Store) exec(ctx context.Context, db *sql.DB, text string, args ...any) (sql.Result, error) {
	return db.ExecContext(ctx, s.dialect.sql(text), args...)
}
