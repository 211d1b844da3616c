package model

import (
	"encoding"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"golang.org/x/text/language"
)

// ParseOutput reads one output from JSON such as encoding/json writes of it.
// It is made for text that was checked before, such as a store holds: of what
// [Parse] reports, it sees only what is no JSON or of a wrong type, and text may
// stay in the normal form that it has.
func ParseOutput(text string) (*Output, error) {
	o := &Output{}
	if readPlain(text, reflect.ValueOf(o).Elem()) {
		return o, nil
	}
	*o = Output{}
	return o, json.Unmarshal([]byte(text), o, json.RejectUnknownMembers(true))
}

// readPlain reads plain JSON, which is what programs write: UTF-8, no \u in
// strings, no nulls, known keys, each once. It reports false for all else,
// wrong or not, which a complete reader is then to judge. It makes strings of
// parts of the text, mostly without a copy, and takes a quarter of the time.
func readPlain(text string, v reflect.Value) bool {
	if !utf8.ValidString(text) {
		return false
	}
	p := plain{text: text, clean: clean(text)}
	plainOf(v.Type()).read(&p, v)
	p.blank()
	return !p.failed && p.at == len(text)
}

// plain is a text that is being read. Once it has failed it stays so.
type plain struct {
	text   string
	at     int
	clean  bool // whether no string in it can have an escape or a control character
	failed bool
}

// clean reports whether a text has no backslash and no control character,
// line breaks included. It looks at eight bytes at a time: subtracting sets
// the highest bit of a byte that is less and had it clear.
func clean(text string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	var found uint64
	i := 0
	for ; i+8 <= len(text); i += 8 {
		t := text[i : i+8]
		b := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		slash := b ^ '\\'*ones
		found |= (b-' '*ones)&^b | (slash-ones)&^slash
	}
	for ; i < len(text); i++ {
		if text[i] < ' ' || text[i] == '\\' {
			return false
		}
	}
	return found&high == 0
}

func (p *plain) fail() { p.failed = true }

// blank skips white space.
func (p *plain) blank() {
	if p.at < len(p.text) && p.text[p.at] > ' ' {
		return
	}
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\n' || p.text[p.at] == '\t' || p.text[p.at] == '\r') {
		p.at++
	}
}

// peek is the next byte behind white space, 0 at the end.
func (p *plain) peek() byte {
	p.blank()
	if p.failed || p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// take skips a byte that must be the next.
func (p *plain) take(c byte) {
	if p.at < len(p.text) && p.text[p.at] == c || p.peek() == c {
		p.at++
	} else {
		p.fail()
	}
}

// string reads a string.
func (p *plain) string() string {
	p.take('"')
	if p.failed {
		return ""
	}
	n := strings.IndexByte(p.text[p.at:], '"')
	if n < 0 {
		p.fail()
		return ""
	}
	s := p.text[p.at : p.at+n]
	if !p.clean && !clean(s) {
		return p.escaped()
	}
	p.at += n + 1
	return s
}

// escaped reads the rest of a string that has escapes of one letter, but for
// those of control characters that no text should have.
func (p *plain) escaped() string {
	const letters, meant = `"\/nrt`, "\"\\/\n\r\t"
	var s []byte
	for ; p.at < len(p.text); p.at++ {
		c := p.text[p.at]
		switch {
		case c == '"':
			p.at++
			return string(s)
		case c < ' ':
			p.fail()
			return ""
		case c == '\\':
			p.at++
			i := -1
			if p.at < len(p.text) {
				i = strings.IndexByte(letters, p.text[p.at])
			}
			if i < 0 {
				p.fail()
				return ""
			}
			c = meant[i]
		}
		s = append(s, c)
	}
	p.fail()
	return ""
}

// filled reads a string that says something.
func (p *plain) filled() string {
	s := p.string()
	if strings.TrimSpace(s) == "" {
		p.fail()
	}
	return s
}

// each calls read for each element between two brackets.
func (p *plain) each(open, end byte, read func()) {
	p.take(open)
	if p.peek() == end {
		p.at++
		return
	}
	for !p.failed {
		read()
		if p.peek() != ',' {
			p.take(end)
			return
		}
		p.at++
	}
}

func (p *plain) int() int64 {
	p.blank()
	end := p.at
	for end < len(p.text) && (p.text[end] >= '0' && p.text[end] <= '9') {
		end++
	}
	s := p.text[p.at:end]
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || len(s) > 1 && s[0] == '0' {
		p.fail()
	}
	p.at = end
	return n
}

func (p *plain) bool() bool {
	p.blank()
	for _, word := range []string{"true", "false"} {
		if strings.HasPrefix(p.text[p.at:], word) {
			p.at += len(word)
			return word == "true"
		}
	}
	p.fail()
	return false
}

// plainReader reads values of one type.
type plainReader struct {
	read func(*plain, reflect.Value)
}

var (
	plainMu      sync.Mutex
	plainReaders = map[reflect.Type]*plainReader{}
	outputReady  = sync.OnceValue(func() *plainReader { return newPlain(reflect.TypeFor[Output]()) })
)

// plainOf returns the reader of a type, which is made once.
func plainOf(t reflect.Type) *plainReader {
	if t == reflect.TypeFor[Output]() {
		return outputReady()
	}
	return newPlain(t)
}

func newPlain(t reflect.Type) *plainReader {
	plainMu.Lock()
	defer plainMu.Unlock()
	return makePlain(t)
}

func makePlain(t reflect.Type) *plainReader {
	if r := plainReaders[t]; r != nil {
		return r
	}
	r := &plainReader{}
	plainReaders[t] = r // before its parts, which may be of the same type
	r.read = plainRead(t)
	return r
}

func plainRead(t reflect.Type) func(*plain, reflect.Value) {
	switch t {
	case reflect.TypeFor[Text]():
		return plainText
	case reflect.TypeFor[Agent]():
		return plainAgent(plainStruct(t))
	case reflect.TypeFor[Wholes]():
		return plainWholes(plainSlice(t), makePlain(t.Elem()))
	case reflect.TypeFor[Identifier]():
		return plainIdentifier(makePlain(reflect.TypeFor[identifierFields]()))
	case reflect.TypeFor[Date]():
		return plainDate
	case reflect.TypeFor[language.Tag]():
		return plainTag
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return plainUnmarshaler
	}
	switch t.Kind() {
	case reflect.Struct:
		return plainStruct(t)
	case reflect.Slice:
		return plainSlice(t)
	case reflect.Pointer:
		elem := makePlain(t.Elem())
		return func(p *plain, v reflect.Value) {
			v.Set(reflect.New(v.Type().Elem()))
			elem.read(p, v.Elem())
		}
	case reflect.String:
		return func(p *plain, v reflect.Value) { v.SetString(p.string()) }
	case reflect.Int64:
		return func(p *plain, v reflect.Value) { v.SetInt(p.int()) }
	case reflect.Bool:
		return func(p *plain, v reflect.Value) { v.SetBool(p.bool()) }
	}
	return func(p *plain, _ reflect.Value) { p.fail() }
}

// plainField is a field of a struct as an object has it.
type plainField struct {
	index  int
	key    string // with its quotes and its colon
	reader *plainReader
}

func plainStruct(t reflect.Type) func(*plain, reflect.Value) {
	var fields []plainField
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" {
			fields = append(fields, plainField{i, `"` + name + `":`, makePlain(t.Field(i).Type)})
		}
	}
	if len(fields) > 64 {
		return func(p *plain, _ reflect.Value) { p.fail() }
	}
	return func(p *plain, v reflect.Value) {
		var given uint64
		p.each('{', '}', func() {
			f := p.field(fields, bits.Len64(given)) // keys mostly come in the order of the fields
			if f < 0 || given&(1<<f) != 0 {
				p.fail()
				return
			}
			given |= 1 << f
			if p.peek() != 0 {
				fields[f].reader.read(p, v.Field(fields[f].index))
			}
		})
	}
}

// field reads a key and returns which field it is, -1 for none; it looks at
// those from next on first.
func (p *plain) field(fields []plainField, next int) int {
	p.blank()
	rest := p.text[p.at:]
	for f := next; f < len(fields); f++ {
		if strings.HasPrefix(rest, fields[f].key) {
			p.at += len(fields[f].key)
			return f
		}
	}
	name := p.string()
	p.take(':')
	return slices.IndexFunc(fields, func(f plainField) bool { return f.key[1:len(f.key)-2] == name })
}

// plainSlice reads elements into a room that is used again and again, so that
// a list has room for what it holds and no more.
func plainSlice(t reflect.Type) func(*plain, reflect.Value) {
	elem := makePlain(t.Elem())
	if t.Elem().Kind() == reflect.String {
		elem = &plainReader{func(p *plain, v reflect.Value) { v.SetString(p.filled()) }}
	}
	rooms := sync.Pool{New: func() any {
		room := reflect.New(t).Elem()
		return &room
	}}
	return func(p *plain, v reflect.Value) {
		kept := rooms.Get().(*reflect.Value)
		room := *kept
		n := 0
		p.each('[', ']', func() {
			if n == room.Cap() {
				room.Grow(n + 8)
			}
			n++
			room.SetLen(n)
			elem.read(p, room.Index(n-1))
		})
		if n == 0 {
			v.Set(reflect.MakeSlice(t, 0, 0))
		} else {
			v.Grow(n)
			v.SetLen(n)
			reflect.Copy(v, room)
			room.Clear() // it must keep nothing, and elements begin as zeroes
			room.SetLen(0)
		}
		rooms.Put(kept)
	}
}

func plainText(p *plain, v reflect.Value) {
	t := v.Addr().Interface().(*Text)
	if p.peek() == '"' {
		*t = Text{{language.Und, p.filled()}}
		return
	}
	var room [4]LangString
	texts := room[:0]
	p.each('{', '}', func() {
		lang, ok := knownLanguage(p.string())
		p.take(':')
		s := p.filled()
		for _, other := range texts {
			ok = ok && other.Lang != lang
		}
		if !ok {
			p.fail()
		}
		texts = append(texts, LangString{lang, s})
	})
	*t = append(Text(nil), texts...)
}

func plainAgent(object func(*plain, reflect.Value)) func(*plain, reflect.Value) {
	return func(p *plain, v reflect.Value) {
		if p.peek() == '"' {
			v.Addr().Interface().(*Agent).ID = p.filled()
			return
		}
		object(p, v)
	}
}

func plainWholes(list func(*plain, reflect.Value), one *plainReader) func(*plain, reflect.Value) {
	return func(p *plain, v reflect.Value) {
		if p.peek() == '[' {
			list(p, v)
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		one.read(p, v.Index(0))
	}
}

func plainIdentifier(object *plainReader) func(*plain, reflect.Value) {
	return func(p *plain, v reflect.Value) {
		id := v.Addr().Interface().(*Identifier)
		var err error
		if p.peek() == '"' {
			*id, err = ParseIdentifier(p.filled())
		} else {
			var f identifierFields
			object.read(p, reflect.ValueOf(&f).Elem())
			*id, err = NewIdentifier(f.Scheme, f.Value)
			id.Derived = f.Derived
		}
		if err != nil {
			p.fail()
		}
	}
}

// knownLanguage parses a tag, the most usual ones without parsing.
func knownLanguage(s string) (language.Tag, bool) {
	switch s {
	case "fr":
		return language.French, true
	case "en":
		return language.English, true
	}
	tag, err := language.Parse(s)
	return tag, err == nil
}

func plainTag(p *plain, v reflect.Value) {
	tag, ok := knownLanguage(p.string())
	if !ok {
		p.fail()
	}
	*v.Addr().Interface().(*language.Tag) = tag
}

// plainDate reads days, which most dates are, without time.Parse.
func plainDate(p *plain, v reflect.Value) {
	s := p.string()
	d := v.Addr().Interface().(*Date)
	if len(s) == len(time.DateOnly) && s[4] == '-' && s[7] == '-' {
		year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if year > 0 && month > 0 && day > 0 && t.Day() == day && int(t.Month()) == month {
			*d = Date{t, Day}
			return
		}
	}
	if d.UnmarshalText([]byte(s)) != nil {
		p.fail()
	}
}

// number reads digits, -1 if they are none.
func number(s string) (n int) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

func plainUnmarshaler(p *plain, v reflect.Value) {
	if v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(p.string())) != nil {
		p.fail()
	}
}
