package crosswalk

import (
	"path"
	"strings"

	"github.com/gtnum/gtnum/model"
)

// relationOf returns the relation that DataCite or DCMI call so, in any case.
func relationOf(name string) (model.RelationType, bool) {
	if name == "" {
		return "", false
	}
	for _, info := range model.RelationTypes() {
		if strings.EqualFold(info.DataCite, name) || strings.EqualFold(string(info.Type), name) {
			return info.Type, true
		}
	}
	return "", false
}

// relationTo names the other end of a relation: by identifier if it has one
// that resolves for ever, else by address.
func relationTo(target string) model.Relation {
	for _, id := range model.IdentifiersOf(target) {
		if id.Scheme == model.DOI || id.Scheme == model.Handle {
			id.Derived = false
			return model.Relation{Identifier: id}
		}
	}
	if u, err := model.NormalizeURL(target); err == nil {
		target = u
	}
	return model.Relation{URL: target}
}

// mediaTypesByExtension are those of the files that repositories hold most,
// the same on every machine.
var mediaTypesByExtension = map[string]string{
	".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
	".tif": "image/tiff", ".tiff": "image/tiff", ".mp4": "video/mp4", ".mp3": "audio/mpeg", ".wav": "audio/wav",
	".csv": "text/csv", ".txt": "text/plain", ".html": "text/html", ".zip": "application/zip", ".json": "application/json",
	".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// mediaTypeOf returns the media type of a file's address, "" if its extension
// does not tell.
func mediaTypeOf(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return mediaTypesByExtension[strings.ToLower(path.Ext(address))]
}
