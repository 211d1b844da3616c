package oaipmh

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"github.com/gtnum/gtnum/internal/say"
)

var errHarvestStopped = errors.New("caller has enough")

// harvestRun is one run of a harvest.
//
// Why no record is lost and none comes twice:
//
//   - A list is done when each of its date windows is. The first window is the
//     whole selection. Windows only ever get replaced by windows that together
//     cover the same dates (restart), so every record that does not change
//     falls into exactly one. A record that changes moves to a later date:
//     into a window that is still to be listed, or behind Started, from where
//     the next harvest begins.
//   - A window is done when its list ended by itself: a whole page without a
//     token. A token that leads to noRecordsMatch is no end, unless as many
//     records came as were promised.
//   - Within a window the server's tokens lead from page to page. A page that
//     broke off is asked again with the token that led to it.
//   - What was yielded is remembered (harvestMemory) for as long as it may
//     be listed again, and skipped then.
//   - If a token is refused, what was listed tells the order. If datestamps
//     only ever rose, the list is taken to be sorted, and the new window is
//     [last, until]: all earlier ones have come. If they only fell it is
//     [from, last]. If they did both, or neither, the window is cut in two, or
//     in three, and both parts are listed, since nothing is known of what is
//     missing.
//   - That a list is sorted is a guess, the better the longer it held. If
//     completeListSize says in the end that records are missing, the windows
//     left out are listed after all, and no order is believed in any more.
//
// And why it ends: a restart replaces a window by smaller ones; one that
// cannot be made smaller, such as one second, is listed again as it is, but no
// more often than Client.Retries without a new record.
type harvestRun struct {
	c     *Client
	h     *Harvest
	yield func(Record[Metadata], error) bool

	order harvestOrder // h.order and what the page adds
	loop  clientLoop
	pages clientLoop
	empty int // pages without a record, one after another
	stuck int // times that a window was listed again for nothing
}

func (r *harvestRun) run(ctx context.Context) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	for !r.h.Done {
		err := r.page(ctx)
		if err != nil && r.h.Token != "" && harvestTokenFailed(err) && ctx.Err() == nil {
			err = r.restart(ctx, err)
		}
		if err != nil {
			return err
		}
	}
	if r.h.Lost > 0 && r.c.Report == nil {
		return &LostError{r.h.Lost, r.h.first}
	}
	return nil
}

// begin checks the state and learns the granularity if dates are to be sent.
func (r *harvestRun) begin(ctx context.Context) error {
	h := r.h
	if h.BaseURL = cmp.Or(h.BaseURL, r.c.BaseURL); h.BaseURL != r.c.BaseURL {
		return say.Errorf("la moisson de %s ne peut pas continuer à %s", "oaipmh: harvest of %s cannot go on at %s", h.BaseURL, r.c.BaseURL)
	}
	if h.Pages == 0 && h.Records == 0 && !h.restarted {
		h.window = harvestWindow{h.Selection.From, h.Selection.Until}
	}
	if h.window == (harvestWindow{}) {
		return nil
	}
	return r.learn(ctx)
}

// learn asks for the granularity.
func (r *harvestRun) learn(ctx context.Context) error {
	if r.h.granularity != "" {
		return nil
	}
	id, err := r.c.Identify(ctx)
	if err != nil {
		return say.Errorf("précision des dates\u00a0: %v", "granularity: %v", err)
	}
	r.h.granularity = clientDay
	if len(id.Granularity) > len(clientDay) {
		r.h.granularity = clientSecond
	}
	return nil
}

// args are the arguments of the next page.
func (r *harvestRun) args() clientArgs {
	h := r.h
	args := clientArgs{{"verb", "ListRecords"}}
	if h.headers {
		args[0].value = "ListIdentifiers"
	}
	if h.Token != "" {
		return append(args, clientArg{"resumptionToken", h.Token})
	}
	args = append(args, clientArg{"metadataPrefix", cmp.Or(h.Selection.MetadataPrefix, "oai_dc")})
	if !h.window.from.IsZero() {
		args = append(args, clientArg{"from", h.window.from.UTC().Format(h.granularity)})
	}
	if !h.window.until.IsZero() {
		args = append(args, clientArg{"until", h.window.until.UTC().Format(h.granularity)})
	}
	if h.Selection.Set != "" {
		args = append(args, clientArg{"set", h.Selection.Set})
	}
	return args
}

// page reads one page, again and again if need be.
func (r *harvestRun) page(ctx context.Context) error {
	args := r.args()
	var page *clientPage
	var sum uint64
	var count int
	err := r.c.retry(ctx, args, func() (bool, error) {
		r.order = r.h.order
		before := r.h.Records + r.h.Lost
		err := r.c.once(ctx, args, func(p *clientPage) (err error) {
			page = p
			sum, count, err = r.records(p)
			return err
		})
		return r.h.Records+r.h.Lost > before, err
	})
	if err != nil {
		return err
	}
	if count > 0 && r.pages.turnSum(sum) {
		return say.Errorf("%v\u00a0: la page du resumptionToken %q est déjà venue", "%v: the page of resumptionToken %q has come before", ErrLoop, r.h.Token)
	}
	if r.empty++; count > 0 {
		r.empty = 0
	}
	return r.turn(page)
}

// records yields the records of a page, but for those that came before, and
// returns a checksum of their keys and their number.
func (r *harvestRun) records(p *clientPage) (sum uint64, count int, err error) {
	for {
		e, err := p.next()
		r.h.Responded = p.responseDate
		if r.h.Started.IsZero() {
			r.h.Started = p.responseDate
		}
		if err == io.EOF {
			return sum, count, r.verdict(p)
		}
		if err != nil {
			return sum, count, err
		}
		if e.name != "record" && e.name != "header" {
			continue
		}
		key, err := r.record(p, e)
		if err != nil {
			return sum, count, err
		}
		sum, count = sum*harvestPrime+key, count+1
	}
}

// record yields one record.
func (r *harvestRun) record(p *clientPage, e clientElement) (key uint64, err error) {
	h := r.h
	rec, problem := p.record(e)
	if problem != nil {
		key = harvestHash(e.raw)
		if h.memory.add(key, rec.Datestamp) {
			h.Lost++
			p.report(*problem)
			if h.first == nil {
				h.first = problem
			}
		}
		return key, nil
	}
	key = harvestKey(rec.Header)
	r.order.see(rec.Datestamp)
	if !h.memory.add(key, rec.Datestamp) {
		return key, nil
	}
	h.Records++
	if !r.yield(rec, nil) {
		return key, errHarvestStopped
	}
	return key, nil
}

// verdict judges the errors that a page holds.
func (r *harvestRun) verdict(p *clientPage) error {
	err := p.failure()
	if !errors.Is(err, &Error{Code: NoRecordsMatch}) {
		return err
	}
	if r.h.Token != "" && (r.h.Size == 0 || r.short()) {
		return err // a token promised more, so this is no end
	}
	return nil
}

// short reports whether the server promised more than came.
func (r *harvestRun) short() bool { return r.h.Records+r.h.Lost < r.h.Size }

// turn goes on to the next page, or to the next window.
func (r *harvestRun) turn(p *clientPage) error {
	h := r.h
	h.Pages++
	if !h.restarted && p.token.size > 0 {
		h.Size = p.token.size
	}
	h.order = r.order
	h.memory.turn(h.order, h.window)
	next := p.token.value
	if next == "" {
		r.finish(p)
		return nil
	}
	if next == h.Token || r.loop.turn(next) || r.empty > harvestMaxEmpty {
		return say.Errorf("%v (resumptionToken %q)", "%v: resumptionToken %q", ErrLoop, next)
	}
	h.Token = next
	return nil
}

const harvestMaxEmpty = 100

// finish ends a window and opens the next.
func (r *harvestRun) finish(p *clientPage) {
	h := r.h
	h.Token = ""
	if len(h.queue) == 0 && r.short() && !h.swept {
		h.queue, h.doubt, h.swept = h.doubt, nil, true
	}
	if len(h.queue) > 0 {
		r.open(h.queue[0])
		h.queue = h.queue[1:]
		return
	}
	if h.Done = true; r.short() {
		p.report(Problem{Fault: FaultSize, Err: say.Errorf("completeListSize annonce %d notices, il en est venu %d", "completeListSize is %d, but %d records came", h.Size, h.Records+h.Lost)})
	}
	h.memory = harvestMemory{}
}

// open begins a window.
func (r *harvestRun) open(w harvestWindow) {
	r.h.window, r.h.Token, r.h.order, r.h.opened = w, "", harvestOrder{}, r.h.Records
	r.loop, r.pages, r.empty = clientLoop{}, clientLoop{}, 0
}

// harvestTokenFailed reports whether an error may be the token's: it is
// refused, or the server fails at that page for good, as some do behind the
// ten-thousandth record.
func harvestTokenFailed(err error) bool {
	if oai, ok := errors.AsType[*Error](err); ok {
		return oai.Code == BadResumptionToken || oai.Code == NoRecordsMatch || oai.Code == BadArgument
	}
	if status, ok := errors.AsType[*StatusError](err); ok {
		return status.RetryAfter == 0
	}
	return errors.Is(err, ErrNotOAI) || errors.Is(err, io.ErrUnexpectedEOF)
}

// restart replaces the window by others that need no token.
func (r *harvestRun) restart(ctx context.Context, cause error) error {
	if err := r.learn(ctx); err != nil {
		return errors.Join(cause, err)
	}
	h := r.h
	unit := time.Second
	if h.granularity == clientDay {
		unit = 24 * time.Hour
	}
	again, doubt := h.order.cut(h.window, unit, !h.swept)
	if h.Records > h.opened {
		r.stuck = 0
	}
	if len(again) == 0 {
		pause, ok := r.c.pause(cause, r.stuck)
		if !ok {
			return cause
		}
		if err := r.c.wait(ctx, pause); err != nil {
			return err
		}
		again = []harvestWindow{h.window}
		r.stuck++
	}
	where, _ := r.args().url(r.c.BaseURL)
	r.c.report(Problem{Fault: FaultToken, URL: where, Err: say.Errorf("la liste est redemandée par dates\u00a0: %v", "list is asked again by date: %v", cause)})
	h.restarted = true
	h.doubt = append(h.doubt, doubt...)
	if h.memory.forgot {
		h.doubt = nil
	}
	h.queue = append(again[1:len(again):len(again)], h.queue...)
	r.open(again[0])
	return nil
}
