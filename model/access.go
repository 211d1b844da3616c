package model

import "github.com/gtnum/gtnum/internal/eu"

// Access says who can read an output: a COAR access right.
type Access string

// The access rights.
const (
	Open         Access = "open"
	Embargoed    Access = "embargoed"
	Restricted   Access = "restricted"
	MetadataOnly Access = "metadata-only"
)

// AccessInfo is what vocabularies call an access right.
type AccessInfo struct {
	Access  Access
	COAR    string // COAR Access Rights
	French  string // label
	English string // label
	EURepo  string // info:eu-repo/semantics/
	// EU is the code in the EU authority table "access-right":
	// http://publications.europa.eu/resource/authority/access-right/.
	EU string
}

var accesses = []AccessInfo{
	{Open, "http://purl.org/coar/access_right/c_abf2", "accès ouvert", "open access", "openAccess", "PUBLIC"},
	{Embargoed, "http://purl.org/coar/access_right/c_f1cf", "accès sous embargo", "embargoed access", "embargoedAccess", "RESTRICTED"},
	{Restricted, "http://purl.org/coar/access_right/c_16ec", "accès restreint", "restricted access", "restrictedAccess", "RESTRICTED"},
	{MetadataOnly, "http://purl.org/coar/access_right/c_14cb", "métadonnées seules", "metadata only access", "closedAccess", "NON_PUBLIC"},
}

// Accesses returns the table of access rights.
func Accesses() []AccessInfo { return append([]AccessInfo(nil), accesses...) }

// Info returns what vocabularies call the access right, the zero AccessInfo
// for an unknown one: nothing is assumed of who can read an output.
func (a Access) Info() AccessInfo {
	if i := find(accesses, func(info *AccessInfo) bool { return info.Access == a }); i != nil {
		return *i
	}
	return AccessInfo{}
}

var accessKeys = keys(accesses, func(i *AccessInfo) string { return string(i.Access) })

func (Access) known() []string { return accessKeys }

var accessLabels = keys(accesses, func(i *AccessInfo) string { return i.French })

func (Access) labels() []string { return accessLabels }

// Frequency at which a data set is renewed: a name for a code of the EU
// authority table "frequency",
// http://publications.europa.eu/resource/authority/frequency/, as DCMI names
// them where it does.
type Frequency string

// FrequencyInfo is a row of the table of frequencies.
type FrequencyInfo struct {
	Frequency       Frequency
	EU              string // code in the EU authority table
	French, English string // labels in that table
}

var frequencies = labelled([]FrequencyInfo{
	{Frequency: "continuous", EU: "UPDATE_CONT"},
	{Frequency: "hourly", EU: "HOURLY"},
	{Frequency: "bihourly", EU: "BIHOURLY"},
	{Frequency: "trihourly", EU: "TRIHOURLY"},
	{Frequency: "twice-daily", EU: "DAILY_2"},
	{Frequency: "daily", EU: "DAILY"},
	{Frequency: "three-times-a-week", EU: "WEEKLY_3"},
	{Frequency: "semiweekly", EU: "WEEKLY_2"},
	{Frequency: "weekly", EU: "WEEKLY"},
	{Frequency: "three-times-a-month", EU: "MONTHLY_3"},
	{Frequency: "biweekly", EU: "BIWEEKLY"},
	{Frequency: "semimonthly", EU: "MONTHLY_2"},
	{Frequency: "monthly", EU: "MONTHLY"},
	{Frequency: "bimonthly", EU: "BIMONTHLY"},
	{Frequency: "quarterly", EU: "QUARTERLY"},
	{Frequency: "three-times-a-year", EU: "ANNUAL_3"},
	{Frequency: "semiannual", EU: "ANNUAL_2"},
	{Frequency: "annual", EU: "ANNUAL"},
	{Frequency: "biennial", EU: "BIENNIAL"},
	{Frequency: "triennial", EU: "TRIENNIAL"},
	{Frequency: "quadrennial", EU: "QUADRENNIAL"},
	{Frequency: "quinquennial", EU: "QUINQUENNIAL"},
	{Frequency: "decennial", EU: "DECENNIAL"},
	{Frequency: "bidecennial", EU: "BIDECENNIAL"},
	{Frequency: "tridecennial", EU: "TRIDECENNIAL"},
	{Frequency: "irregular", EU: "IRREG"},
	{Frequency: "never", EU: "NEVER"},
	{Frequency: "other", EU: "OTHER"},
	{Frequency: "unknown", EU: "UNKNOWN"},
})

// labelled takes the labels of frequencies from the EU table.
func labelled(rows []FrequencyInfo) []FrequencyInfo {
	for i := range rows {
		c, _ := eu.Frequencies.Find(rows[i].EU)
		rows[i].French, rows[i].English = c.French, c.English
	}
	return rows
}

// Frequencies returns the table of frequencies.
func Frequencies() []FrequencyInfo { return append([]FrequencyInfo(nil), frequencies...) }

// Info returns the row of the frequency, the zero FrequencyInfo for an
// unknown one.
func (f Frequency) Info() FrequencyInfo {
	if i := find(frequencies, func(info *FrequencyInfo) bool { return info.Frequency == f }); i != nil {
		return *i
	}
	return FrequencyInfo{}
}

var frequencyKeys = keys(frequencies, func(i *FrequencyInfo) string { return string(i.Frequency) })

func (Frequency) known() []string { return frequencyKeys }

var frequencyLabels = keys(frequencies, func(i *FrequencyInfo) string { return i.French })

func (Frequency) labels() []string { return frequencyLabels }
