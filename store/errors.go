package store

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// damaged reports whether SQLite found that its file is none, or broken.
func damaged(err error) bool { return isCode(err, codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB) }

// busy reports whether another process writes to SQLite's file.
func busy(err error) bool { return isCode(err, codes.SQLITE_BUSY) }

// full reports whether there is no room for what the database wants to write.
func full(err error) bool {
	var e *pgconn.PgError
	return isCode(err, codes.SQLITE_FULL) || errors.As(err, &e) && e.Code == "53100" // disk_full
}

// readOnly reports whether SQLite may not write to its file, or beside it.
func readOnly(err error) bool { return isCode(err, codes.SQLITE_READONLY) }

func isCode(err error, list ...int) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range list {
		if e.Code()&0xff == code {
			return true
		}
	}
	return false
}
