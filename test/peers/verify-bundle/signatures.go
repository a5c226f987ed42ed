package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Key is a trusted public key.
type Key struct {
	Name    string  `json:"name"`
	Purpose string  `json:"purpose"`
	Public  string  `json:"public_hex"`
	From    *string `json:"valid_from"`
	Until   *string `json:"valid_until"`
}

func (key Key) signed(message, signature []byte) bool {
	public := fromHex(key.Public)
	return len(public) == ed25519.PublicKeySize && ed25519.Verify(public, message, signature)
}

// place of an instant in the key's validity: the first bound is inside, the last is not.
func (key Key) place(at time.Time) string {
	if key.From != nil && at.Before(instant(*key.From)) {
		return "KEY_NOT_YET_VALID"
	}
	if key.Until != nil && !at.Before(instant(*key.Until)) {
		return "KEY_NO_LONGER_VALID"
	}
	return ""
}

func instant(text string) time.Time {
	at, _ := time.Parse(time.RFC3339Nano, text)
	return at
}

// judge says whether a trusted key of the purpose made the signature, and which; at is nil where the time is not proven.
func judge(message, signature []byte, purpose string, keys []Key, at *time.Time) (verdict, code, public string) {
	if len(signature) != ed25519.SignatureSize {
		return "failed", "SIGNATURE_FORM", ""
	}
	trusted, other, place := false, false, ""
	for _, key := range keys {
		trusted = trusted || key.Purpose == purpose
		if !key.signed(message, signature) {
			continue
		}
		if key.Purpose != purpose {
			other = true
			continue
		}
		outside := ""
		if at != nil {
			outside = key.place(*at)
		}
		if outside == "" {
			return "verified", "SIGNED", key.Public
		}
		if place == "" {
			place = outside
		}
	}
	switch {
	case place != "":
		return "failed", place, ""
	case other:
		return "failed", "OTHER_PURPOSE", ""
	case trusted:
		return "failed", "NOT_SIGNED", ""
	}
	return "unchecked", "NO_KEY", ""
}

// Note is a signed note whose text is a checkpoint.
type Note struct {
	Text   string
	Lines  []NoteLine
	Origin string
	Size   int64
	Root   []byte
}

// NoteLine is one signature: key id and what follows it.
type NoteLine struct {
	Name string
	ID   []byte
	Blob []byte
}

func readCheckpoint(content []byte) *Note {
	text := string(content)
	split := strings.LastIndex(text, "\n\n")
	if len(content) > 1_000_000 || !utf8.ValidString(text) || split == -1 || !strings.HasSuffix(text, "\n") {
		return nil
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 && r != '\n' }) || split+2 >= len(text) {
		return nil
	}
	note := &Note{Text: text[:split+1]}
	for _, line := range strings.Split(text[split+2:len(text)-1], "\n") {
		rest, marked := strings.CutPrefix(line, "— ")
		name, encoded, both := strings.Cut(rest, " ")
		blob, ok := decodeBase64(encoded)
		if !marked || !both || !ok || len(blob) <= 4 || name == "" || strings.ContainsFunc(name, isNoName) {
			return nil
		}
		note.Lines = append(note.Lines, NoteLine{name, blob[:4], blob[4:]})
	}
	if len(note.Lines) > 100 || !note.readHead() {
		return nil
	}
	return note
}

func isNoName(r rune) bool { return unicode.IsSpace(r) || r == '+' || r == '\ufeff' }

func (note *Note) readHead() bool {
	lines := strings.Split(strings.TrimSuffix(note.Text, "\n"), "\n")
	if len(lines) < 3 || lines[0] == "" || !isDecimal(lines[1]) || slices.Contains(lines[3:], "") {
		return false
	}
	root, ok := decodeBase64(lines[2])
	note.Origin, note.Root = lines[0], root
	_, err := fmt.Sscan(lines[1], &note.Size)
	return ok && len(root) == sha256.Size && err == nil
}

func keyID(name string, kind byte, public []byte) []byte {
	sum := sha256.Sum256(slices.Concat([]byte(name+"\n"), []byte{kind}, public))
	return sum[:4]
}

// judgeNote says whether a trusted desk signed the checkpoint.
func judgeNote(note *Note, keys []Key) (string, string) {
	signed := map[string][]byte{}
	for _, line := range note.Lines {
		for _, key := range keys {
			if line.Name != note.Origin || !bytes.Equal(line.ID, keyID(line.Name, 1, fromHex(key.Public))) || signed[key.Public] != nil {
				continue
			}
			if !key.signed([]byte(note.Text), line.Blob) {
				return "failed", "NOTE_SIGNATURE"
			}
			signed[key.Public] = line.Blob
		}
	}
	if len(signed) == 0 {
		if slices.ContainsFunc(keys, func(key Key) bool { return key.Purpose == "desk" }) {
			return "failed", "NOT_SIGNED"
		}
		return "unchecked", "NO_KEY"
	}
	verdict, code := "failed", ""
	for _, signature := range signed {
		made, why, _ := judge([]byte(note.Text), signature, "desk", keys, nil)
		if code == "" || made == "verified" {
			verdict, code = made, why
		}
	}
	if verdict == "verified" && !cosignaturesHold(note, keys) {
		return "failed", "COSIGNATURE"
	}
	return verdict, code
}

func cosignaturesHold(note *Note, keys []Key) bool {
	for _, line := range note.Lines {
		for _, key := range keys {
			if key.Purpose != "witness" || !bytes.Equal(line.ID, keyID(line.Name, 4, fromHex(key.Public))) {
				continue
			}
			if len(line.Blob) < 8 || binary.BigEndian.Uint64(line.Blob) > math.MaxInt64 {
				return false
			}
			message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(line.Blob), note.Text)
			if !key.signed([]byte(message), line.Blob[8:]) {
				return false
			}
		}
	}
	return true
}
