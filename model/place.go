package model

// places maps paths of values, such as "outputs[3].title", to where they
// stood in the file.
type places map[string]struct{ line, column int }
