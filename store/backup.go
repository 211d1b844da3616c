package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gtnum/gtnum/internal/say"
)

// Backup writes the store as it is at one instant to a new SQLite file, which
// can be served itself. It hinders neither readers nor imports. The file
// appears when it is whole and on the disk.
func (s *Store) Backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return say.Errorf("sauvegarde\u00a0: %s existe déjà\u00a0; nommez un nouveau fichier", "backup: %s is there already; name a new file", file)
	}
	dir, err := os.MkdirTemp(filepath.Dir(file), ".gtnum-backup-*")
	if err != nil {
		return backupError(err)
	}
	defer os.RemoveAll(dir)
	whole := filepath.Join(dir, "store.db")
	write := s.copyRows
	if s.dialect == onSQLite {
		write = s.copyFile
	}
	if err := write(ctx, whole); err != nil {
		return backupError(err)
	}
	if err := syncFile(whole); err != nil {
		return backupError(err)
	}
	if err := name(whole, file, os.Link); err != nil {
		return backupError(err)
	}
	syncFile(filepath.Dir(file)) // which some file systems cannot
	return nil
}

// name gives a file its name, but not that of a file that came meanwhile, which
// Rename would take the place of. Where the file system has no links, an empty
// file keeps the name free for the moment.
func name(whole, file string, link func(whole, file string) error) error {
	err := link(whole, file)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	if err = errors.Join(f.Close(), os.Rename(whole, file)); err != nil {
		os.Remove(file)
	}
	return err
}

func backupError(err error) error { return say.Errorf("sauvegarde\u00a0: %v", "backup: %v", err) }

// copyFile lets SQLite write itself to a file.
func (s *Store) copyFile(ctx context.Context, file string) error {
	db := sqliteDB(s.address, &s.opts, 1, "busy_timeout(5000)")
	_, err := db.ExecContext(ctx, "VACUUM INTO ?", file)
	return errors.Join(s.explain(err), db.Close())
}

func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// tables are all tables of a store with their columns, the clock last.
var tables = []struct {
	name    string
	columns []string
}{
	{"catalogues", []string{"id", "rules", "heading"}},
	{"imports", []string{"version", "at", "source", "created", "changed", "deleted", "restored"}},
	{"records", strings.Split(storedColumns+", payload", ", ")},
	{"history", []string{"id", "revision", "version", "datestamp", "standing", "payload"}},
	{"renderings", strings.Split(renderingColumns, ", ")},
	{"record_sets", []string{"spec", "bucket", "datestamp", "id", "formats"}},
	{"set_counts", []string{"spec", "datestamp", "formats", "n"}},
	{"group_counts", []string{"catalogue", "grp", "n"}},
	{"clock", []string{"id", "at", "version", "changed", "buckets"}},
}

// copyRows copies all tables, as one snapshot shows them, to a new file.
func (s *Store) copyRows(ctx context.Context, file string) error {
	opts := s.opts
	opts.Create, opts.Read, opts.Buckets = true, "", s.buckets
	to, err := Open(ctx, file, opts)
	if err != nil {
		return err
	}
	w, err := to.begin(ctx)
	if err != nil {
		return errors.Join(err, to.Close())
	}
	err = s.read(ctx, func(tx *sql.Tx, _ *state) error {
		for _, t := range tables {
			if err := w.copyTable(ctx, tx, t.name, t.columns); err != nil {
				return say.Errorf("table %s\u00a0: %v", "table %s: %v", t.name, err)
			}
		}
		return nil
	})
	if err != nil {
		w.rollback()
		return errors.Join(err, to.Close())
	}
	return errors.Join(w.tx.Commit(), to.checkpoint(ctx), to.Close())
}

// copyTable copies the rows of a table.
func (w *writer) copyTable(ctx context.Context, from *sql.Tx, table string, columns []string) error {
	if err := w.exec(ctx, "DELETE FROM "+table+" WHERE 1 = 1"); err != nil { // a new store has a clock
		return err
	}
	head := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ")"
	rows, err := from.QueryContext(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	var args []any
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		if err := rows.Scan(row...); err != nil {
			return err
		}
		for _, v := range row {
			args = append(args, *v.(*any))
		}
		if len(args) >= chunk*len(columns) {
			if _, err := w.insert(ctx, head, len(columns), "", args); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	_, err = w.insert(ctx, head, len(columns), "", args)
	return err
}

// checkpoint brings what is in SQLite's log into the file itself.
func (s *Store) checkpoint(ctx context.Context) error {
	_, err := s.pools.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}
