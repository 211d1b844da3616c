package model_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/gtnum/gtnum/model"
)

func TestTextInALanguage(t *testing.T) {
	text := model.Text{{Lang: language.French, Value: "été"}, {Lang: language.BritishEnglish, Value: "summer"}, {Lang: language.Und, Value: "?"}}
	tests := []struct {
		name  string
		langs []language.Tag
		want  string
	}{
		{"no language: the main one", nil, "été"},
		{"one that it has", []language.Tag{language.French}, "été"},
		{"the same language of another region", []language.Tag{language.AmericanEnglish}, "summer"},
		{"the first that it has", []language.Tag{language.German, language.English, language.French}, "summer"},
		{"none that it has: the main one", []language.Tag{language.German}, "été"},
		{"not said", []language.Tag{language.Und}, "?"},
	}
	for _, test := range tests {
		if got := text.In(test.langs...); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if s, ok := text.Get(language.German); ok {
		t.Errorf("it has no German, but %q", s)
	}
	if got := (model.Text{}).In(language.French) + model.Text(nil).String(); got != "" {
		t.Errorf("no text says %q", got)
	}
	exactFirst := model.Text{{Lang: language.French, Value: "France"}, {Lang: language.CanadianFrench, Value: "Canada"}}
	if got := exactFirst.In(language.CanadianFrench); got != "Canada" {
		t.Errorf("the exact tag must win, got %q", got)
	}
}

func TestTextIsInNormalFormC(t *testing.T) {
	if got := model.NewText("fr", "e\u0301te\u0301").String(); got != "été" {
		t.Errorf("NewText: got %+q", got)
	}
	var text model.Text
	if err := json.Unmarshal([]byte(`{"fr":"e\u0301te\u0301"}`), &text); err != nil || text.String() != "été" {
		t.Errorf("JSON: got %+q, %v", text.String(), err)
	}
}

func TestNewTextWithBadLanguageCountsAsNotSaid(t *testing.T) {
	if got := model.NewText("no language", "x")[0].Lang; got != language.Und {
		t.Errorf("got %v, want und", got)
	}
}

func TestTextInJSON(t *testing.T) {
	tests := []struct{ name, in, out string }{
		{"a string has no language", `"x"`, `"x"`},
		{"nor has und", `{"und":"x"}`, `"x"`},
		{"one language", `{"fr":"x"}`, `{"fr":"x"}`},
		{"the order of languages is kept", `{"fr":"été","en":"summer","ar":"صيف"}`, `{"fr":"été","en":"summer","ar":"صيف"}`},
		{"another order too", `{"en":"summer","fr":"été"}`, `{"en":"summer","fr":"été"}`},
		{"nothing is escaped that HTML alone needs", `{"fr":"\u003cb\u003e \u0026 \"x\""}`, `{"fr":"<b> & \"x\""}`},
		{"und beside another", `{"fr":"x","und":"y"}`, `{"fr":"x","und":"y"}`},
		{"nothing", `null`, `{}`},
		{"no language at all", `{}`, `{}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var text model.Text
			if err := json.Unmarshal([]byte(test.in), &text); err != nil {
				t.Fatal(err)
			}
			out, err := text.MarshalJSON()
			if diff := cmp.Diff(test.out, string(out)); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	for _, in := range []string{`1`, `true`, `[]`, `["x"]`, `{"fr":""}`, `{"fr":" "}`, `{"fr":1}`, `{"fr":null,"q!":"x"}`, `{"no language":"x"}`, `{"":"x"}`} {
		var text model.Text
		if err := json.Unmarshal([]byte(in), &text); err == nil {
			t.Errorf("%s is read as %q", in, text)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("fr", "été", "en", "summer")
	f.Add("und", "<&>\u2028", "zh-Hant-TW", "e\u0301")
	f.Add("", "x", "fr-x-y", "\xff\x00")
	f.Fuzz(func(t *testing.T, lang1, value1, lang2, value2 string) {
		if strings.TrimSpace(value1) == "" || strings.TrimSpace(value2) == "" {
			return // refused, as a test above says
		}
		want := append(model.NewText(lang1, value1), model.NewText(lang2, value2)...)
		data, err := want.MarshalJSON()
		if err != nil || !json.Valid(data) {
			t.Fatalf("%q is written as %s, %v", want, data, err)
		}
		var first model.Text
		if err := json.Unmarshal(data, &first); err != nil {
			t.Fatalf("%s is not read: %v", data, err)
		}
		again, _ := first.MarshalJSON()
		if string(again) != string(data) {
			t.Errorf("%s is read and written as %s", data, again)
		}
	})
}
