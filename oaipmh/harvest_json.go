package oaipmh

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"
)

// harvestJSON is the form that a Harvest is saved in.
type harvestJSON struct {
	BaseURL        string       `json:"baseURL"`
	MetadataPrefix string       `json:"metadataPrefix"`
	Set            string       `json:"set,omitzero"`
	From           time.Time    `json:"from,omitzero"`
	Until          time.Time    `json:"until,omitzero"`
	Started        time.Time    `json:"started,omitzero"`
	Size           int          `json:"completeListSize,omitzero"`
	Records        int          `json:"records"`
	Lost           int          `json:"lost,omitzero"`
	Pages          int          `json:"pages"`
	Token          string       `json:"resumptionToken,omitzero"`
	Done           bool         `json:"done"`
	Headers        bool         `json:"headers,omitzero"`
	Granularity    string       `json:"granularity,omitzero"`
	Restarted      bool         `json:"restarted,omitzero"`
	Windows        []windowJSON `json:"windows,omitzero"` // the one being listed first
	Doubt          []windowJSON `json:"doubt,omitzero"`
	Order          *orderJSON   `json:"order,omitzero"`
	Seen           []byte       `json:"seen,omitzero"`
	Forgot         bool         `json:"forgot,omitzero"`
}

type windowJSON struct {
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
}

type orderJSON struct {
	Last time.Time `json:"last"`
	Min  time.Time `json:"min"`
	Max  time.Time `json:"max"`
	Rose bool      `json:"rose,omitzero"`
	Fell bool      `json:"fell,omitzero"`
}

// MarshalJSON saves where the harvest stands. The size is a few hundred bytes
// and 20 for each record that may come again: those of the page being read
// and those of the last datestamp, or all if the server sorts by nothing.
func (h *Harvest) MarshalJSON() ([]byte, error) {
	j := harvestJSON{
		BaseURL: h.BaseURL, MetadataPrefix: h.Selection.MetadataPrefix, Set: h.Selection.Set,
		From: h.Selection.From, Until: h.Selection.Until, Started: h.Started, Size: h.Size,
		Records: h.Records, Lost: h.Lost, Pages: h.Pages, Token: h.Token, Done: h.Done,
		Headers: h.headers, Granularity: h.granularity, Restarted: h.restarted,
	}
	if !h.Done {
		windows := append([]harvestWindow{h.window}, h.queue...)
		j.Windows, j.Doubt = toWindowsJSON(windows), toWindowsJSON(h.doubt)
		if o := h.order; !o.last.IsZero() {
			j.Order = &orderJSON{o.last, o.min, o.max, o.rose, o.fell}
		}
		j.Seen, j.Forgot = h.memory.save(h.order, h.window, len(h.doubt) > 0)
	}
	return json.Marshal(j)
}

// UnmarshalJSON takes up what MarshalJSON saved.
func (h *Harvest) UnmarshalJSON(data []byte) error {
	var j harvestJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	if len(j.Seen)%16 != 0 {
		return errors.New("harvest state: seen is cut off")
	}
	*h = Harvest{
		BaseURL: j.BaseURL, Started: j.Started, Size: j.Size,
		Selection: Selection{From: j.From, Until: j.Until, Set: j.Set, MetadataPrefix: j.MetadataPrefix},
		Records:   j.Records, Lost: j.Lost, Pages: j.Pages, Token: j.Token, Done: j.Done,
		headers: j.Headers, granularity: j.Granularity, restarted: j.Restarted,
		doubt: fromWindowsJSON(j.Doubt),
	}
	if windows := fromWindowsJSON(j.Windows); len(windows) > 0 {
		h.window, h.queue = windows[0], windows[1:]
	}
	if o := cmp.Or(j.Order, &orderJSON{}); !o.Last.IsZero() {
		h.order = harvestOrder{o.Last, o.Min, o.Max, o.Rose, o.Fell}
	}
	h.memory.load(j.Seen)
	h.memory.forgot = j.Forgot
	return nil
}

// save writes the keys that may be listed again.
func (m *harvestMemory) save(o harvestOrder, w harvestWindow, all bool) (data []byte, forgot bool) {
	page := make(map[uint64]bool, len(m.page))
	for _, key := range m.page {
		page[key] = true
	}
	forgot = m.forgot
	for key, t := range m.keys {
		if !all && o.sorted() && !page[key] && t != o.last.Unix() && w.holds(time.Unix(t, 0)) {
			forgot = true
			continue
		}
		data = binary.LittleEndian.AppendUint64(data, key)
		data = binary.LittleEndian.AppendUint64(data, uint64(t))
	}
	return data, forgot
}

// load reads what save wrote.
func (m *harvestMemory) load(data []byte) {
	m.keys = make(map[uint64]int64, len(data)/16)
	for ; len(data) > 0; data = data[16:] {
		m.keys[binary.LittleEndian.Uint64(data)] = int64(binary.LittleEndian.Uint64(data[8:]))
	}
}

func toWindowsJSON(windows []harvestWindow) (j []windowJSON) {
	for _, w := range windows {
		j = append(j, windowJSON{w.from, w.until})
	}
	return j
}

func fromWindowsJSON(j []windowJSON) (windows []harvestWindow) {
	for _, w := range j {
		windows = append(windows, harvestWindow{w.From, w.Until})
	}
	return windows
}
