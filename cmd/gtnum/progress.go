package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress tells how far something long has come: a bar on a terminal, else a
// line now and then.
type progress struct {
	lang lang
	w    io.Writer
	bar  *progressbar.ProgressBar // nil where w is no terminal
	last time.Time
}

func newProgress(w io.Writer, l lang) *progress {
	p := &progress{lang: l, w: w, last: time.Now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString(l.say("notices", "records")), progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

// at says that n are done, of a total that is 0 if it is not known.
func (p *progress) at(n, total int) {
	switch {
	case p.bar != nil:
		if total > 0 && p.bar.GetMax() != total {
			p.bar.ChangeMax(total)
		}
		p.bar.Set(n)
	case time.Since(p.last) >= 10*time.Second:
		p.last = time.Now()
		if total > 0 {
			fmt.Fprintf(p.w, p.lang.say("%d notices sur %d\n", "%d of %d records\n"), n, total)
		} else {
			fmt.Fprintf(p.w, p.lang.say("%d notices\n", "%d records\n"), n)
		}
	}
}

// note writes a line above the bar.
func (p *progress) note(text string) {
	if p.bar != nil {
		p.bar.Clear()
	}
	fmt.Fprintf(p.w, "gtnum: %s\n", text)
}

func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
