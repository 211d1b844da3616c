package dcat

// A block is a text that is written often and mostly short. Then 64 bytes are
// copied for it, which takes less than to find out how many it has.
type block struct {
	text string
	room [64]byte // the text again, unless it is longer
}

func newBlock(s string) (b block) {
	b.text = s
	copy(b.room[:], s)
	return b
}

// appendTo appends the text.
func (b *block) appendTo(dst []byte) []byte {
	n := len(dst)
	if len(b.text) > len(b.room) || cap(dst)-n < len(b.room) {
		return append(dst, b.text...)
	}
	*(*[len(b.room)]byte)(dst[n : n+len(b.room)]) = b.room
	return dst[:n+len(b.text)]
}
