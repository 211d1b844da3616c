package oaipmh

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/gtnum/gtnum/internal/say"
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
	Opened         int          `json:"opened,omitzero"`
	Swept          bool         `json:"swept,omitzero"`
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

// MarshalJSON saves where the harvest stands. The size is some hundred bytes
// and 22 for each record that is remembered so that it does not come again:
// the last thousand or so of a list that is sorted by datestamp, all of
// another.
func (h *Harvest) MarshalJSON() ([]byte, error) {
	j := harvestJSON{
		BaseURL: h.BaseURL, MetadataPrefix: h.Selection.MetadataPrefix, Set: h.Selection.Set,
		From: h.Selection.From, Until: h.Selection.Until, Started: h.Started, Size: h.Size,
		Records: h.Records, Lost: h.Lost, Pages: h.Pages, Token: h.Token, Done: h.Done,
		Headers: h.headers, Granularity: h.granularity, Restarted: h.restarted, Opened: h.opened, Swept: h.swept,
	}
	if !h.Done {
		windows := append([]harvestWindow{h.window}, h.queue...)
		j.Windows, j.Doubt = toWindowsJSON(windows), toWindowsJSON(h.doubt)
		if o := h.order; !o.last.IsZero() {
			j.Order = &orderJSON{o.last, o.min, o.max, o.rose, o.fell}
		}
		j.Seen, j.Forgot = h.memory.save(), h.memory.forgot
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
		return say.Errorf("état de la moisson\u00a0: seen est tronqué", "harvest state: seen is cut off")
	}
	*h = Harvest{
		BaseURL: j.BaseURL, Started: j.Started, Size: j.Size,
		Selection: Selection{From: j.From, Until: j.Until, Set: j.Set, MetadataPrefix: j.MetadataPrefix},
		Records:   j.Records, Lost: j.Lost, Pages: j.Pages, Token: j.Token, Done: j.Done,
		headers: j.Headers, granularity: j.Granularity, restarted: j.Restarted, opened: j.Opened, swept: j.Swept,
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

// save writes the keys, sorted, so that the same state is the same bytes.
func (m *harvestMemory) save() []byte {
	data := make([]byte, 0, 16*len(m.keys))
	for _, key := range slices.Sorted(maps.Keys(m.keys)) {
		data = binary.LittleEndian.AppendUint64(data, key)
		data = binary.LittleEndian.AppendUint64(data, uint64(m.keys[key]))
	}
	return data
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
