package oaipmh

import (
	"context"
	"iter"
	"time"
)

// Harvest is where a harvest stands. A new one needs a Selection at most. It
// can be saved as JSON between any two records, and given to [Client.Harvest]
// in another process to go on from there.
type Harvest struct {
	// BaseURL is the repository that is harvested. It is set by the first
	// request, and a client of another is refused from then on.
	BaseURL string
	// Selection is what was asked. An empty MetadataPrefix is oai_dc, which
	// every repository has.
	Selection Selection
	// Started is the responseDate of the first answer: everything that
	// changed before it has come when the harvest is done.
	Started time.Time
	// Responded is the responseDate of the answer being read: when the record
	// yielded last was harvested.
	Responded time.Time
	// Size is the completeListSize that the server named, 0 if it did not.
	Size int
	// Records, Lost and Pages count what came, what could not be read, and
	// the answers read to their end.
	Records, Lost, Pages int
	// Token is the resumptionToken of the page being read, empty for the
	// first.
	Token string
	// Done says that the list came to its end.
	Done bool

	headers     bool // ListIdentifiers
	granularity string
	window      harvestWindow   // what is being listed
	queue       []harvestWindow // still to be listed
	doubt       []harvestWindow // listed, if the server sorts by datestamp
	swept       bool            // doubt was listed, and no order is believed in any more
	restarted   bool
	opened      int          // Records when the window was opened
	order       harvestOrder // of the window's records up to the page
	memory      harvestMemory
	first       *Problem // the first record lost
}

// Next is the harvest that follows one that is done: an incremental list of
// all that changed since, from the responseDate of its first answer. A record
// that changed right then comes twice, which OAI-PMH 2.0, section 2.7.1 wants
// rather than a gap.
func (h *Harvest) Next() *Harvest {
	sel := h.Selection
	sel.From, sel.Until = h.Started, time.Time{}
	if until := h.Selection.Until; !until.IsZero() && until.Before(h.Started) {
		sel.From = until
	}
	return &Harvest{BaseURL: h.BaseURL, Selection: sel, headers: h.headers, granularity: h.granularity}
}

// Harvest yields the records of a list, as Records does, and keeps h up to
// date: a record counts as delivered once it was yielded, so that h is to be
// saved after the record is. After an error, or when the caller stops, h can
// be used again.
//
// Each record comes once, whatever happens on the way, unless it changes
// while the harvest runs: then it comes again with its new datestamp. The
// argument is in the comment of harvestRun.
func (c *Client) Harvest(ctx context.Context, h *Harvest) iter.Seq2[Record[Metadata], error] {
	return func(yield func(Record[Metadata], error) bool) {
		r := harvestRun{c: c, h: h, yield: yield}
		if err := r.run(ctx); err != nil && err != errHarvestStopped {
			yield(Record[Metadata]{}, err)
		}
	}
}
