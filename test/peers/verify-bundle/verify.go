package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const shard = 100_000
const manifestType = "application/vnd.vex-review-desk.bundle-manifest.v1+json"

// Manifest is what is needed of it; its form was checked by isManifest.
type Manifest struct {
	Tenant     string
	Origin     string
	Range      struct{ From, To string }
	Entries    struct{ Whole, Hashed int64 }
	Decisions  struct{ Signed, Unsigned int64 }
	Evidence   struct{ Files, Hashes, Removed int64 }
	Withheld   struct{ Redacted, Removed map[string]int64 }
	Checkpoint Head
	Previous   *Head
	Files      []Listed
	from, to   int64
}

// Listed is a file as the manifest says it.
type Listed struct {
	Name   string
	Bytes  int64
	Sha256 string
}

// Head is a size and a root as the manifest says them.
type Head struct{ Size, Root string }

// Bundle is an opened bundle on its way through the checks.
type Bundle struct {
	files    []File
	byName   map[string][]byte
	manifest Manifest
	sound    map[string]bool
	keys     []Key
	previous []byte
	checks   []Check
}

// Verify gives the checks in order; what does not apply is left out.
func Verify(whole []byte, keys []Key, previous []byte) []Check {
	b := &Bundle{keys: keys, previous: previous, byName: map[string][]byte{}, sound: map[string]bool{}}
	verdict, code, envelope := b.open(whole)
	b.say("structure", verdict, code)
	if verdict != "verified" {
		return b.checks
	}
	payload, signature := []byte(envelope.payload), envelope.signature
	verdict, code, public := judge(pae(manifestType, payload), signature, "desk", keys, nil)
	if public != "" && public != envelope.keyID {
		verdict, code = "failed", "OTHER_KEY"
	}
	b.say("signature", verdict, code)
	b.checkFiles()
	b.checkCheckpoint()
	log := b.readLog()
	b.checkConsistency(log)
	b.checkLog(log)
	return b.checks
}

func (b *Bundle) say(name, verdict, code string) {
	b.checks = append(b.checks, Check{name, verdict, code})
}

var plainName = regexp.MustCompile(`\A[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)*\z`)
var evidenceName = regexp.MustCompile(`\Aevidence/[0-9a-f]{64}\.[a-z]{1,16}\z`)

func (b *Bundle) open(whole []byte) (string, string, *Envelope) {
	files, fault := readContainer(whole)
	if fault != "" {
		return "failed", fault, nil
	}
	last, folded := "", map[string]bool{}
	for _, file := range files {
		evidence := evidenceName.MatchString(file.Name)
		if !plainName.MatchString(file.Name) || folded[strings.ToLower(file.Name)] || evidence && file.Name <= last {
			return "failed", "CONTAINER", nil
		}
		folded[strings.ToLower(file.Name)] = true
		b.byName[file.Name] = file.Content
		if evidence {
			last = file.Name
		}
	}
	b.files = files
	return b.openManifest()
}

func (b *Bundle) openManifest() (string, string, *Envelope) {
	text, there := b.byName["manifest.json"]
	signed, both := b.byName["manifest.dsse.json"]
	if !there || !both {
		return "failed", "MANIFEST_MISSING", nil
	}
	value, canonical := readCanonical(text)
	if loose, ok := value.(map[string]any); canonical && ok && loose["format"] == "vex-review-desk/bundle" {
		if version, ok := loose["version"].(json.Number); ok && version != "1" {
			return "unchecked", "UNKNOWN_VERSION", nil
		}
	}
	if !canonical || !isManifest(value) || json.Unmarshal(text, &b.manifest) != nil || !b.listsItsFiles() {
		return "failed", "MANIFEST_FORM", nil
	}
	wrapped, canonical := readCanonical(signed)
	envelope := readEnvelope(wrapped)
	if !canonical || envelope == nil || envelope.payloadType != manifestType || envelope.payload != string(text) {
		return "failed", "MANIFEST_ENVELOPE", nil
	}
	return "verified", "BUNDLE_FORM", envelope
}

// listsItsFiles: every name follows from the counts.
func (b *Bundle) listsItsFiles() bool {
	m := &b.manifest
	var err1, err2 error
	m.from, err1 = strconv.ParseInt(m.Range.From, 10, 64)
	m.to, err2 = strconv.ParseInt(m.Range.To, 10, 64)
	if err1 != nil || err2 != nil || m.to > 1<<53-1 || m.from > m.to || m.Entries.Whole+m.Entries.Hashed != m.to-m.from {
		return false
	}
	older, proof := int64(-1), false
	if m.Previous != nil {
		var err error
		older, err = strconv.ParseInt(m.Previous.Size, 10, 64)
		if err != nil || older > m.to {
			return false
		}
		proof = older != 0 && older != m.to
	}
	pieces := m.Evidence.Files + m.Evidence.Hashes + m.Evidence.Removed
	if m.Checkpoint.Size != m.Range.To || (m.to-m.from+m.Decisions.Signed+pieces)/shard > int64(len(m.Files)) {
		return false
	}
	names := []string{"checkpoint.txt"}
	add := func(when bool, more ...string) {
		if when {
			names = append(names, more...)
		}
	}
	add(m.Previous != nil, "previous.txt")
	add(proof, "proofs/consistency.json")
	add(true, "proofs/range.json", "keys/keys.json")
	add(true, shards("log/entries", m.to-m.from)...)
	add(true, shards("statements/statements", m.Decisions.Signed)...)
	add(true, shards("evidence/index", pieces)...)
	add(true, "records/records.json", "records/records.csv")
	add(true, "example/head/signed.bin", "example/head/signature.bin", "example/head/key.pem")
	decision := "example/decision/"
	add(m.Decisions.Signed > 0, decision+"leaf.json", decision+"leaf.json.spicy", decision+"pae.bin", decision+"signature.bin", decision+"key.pem")
	add(true, "AUDIT.md", "SHA256SUMS")
	return slices.EqualFunc(names, m.Files, func(name string, file Listed) bool { return name == file.Name })
}

func shards(name string, count int64) []string {
	var names []string
	for n := int64(0); n*shard < count; n++ {
		names = append(names, fmt.Sprintf("%s-%05d.jsonl", name, n))
	}
	return names
}

func (b *Bundle) checkFiles() {
	faults := map[string]bool{}
	expected := map[string]int{}
	order := []string{}
	for n, file := range b.manifest.Files {
		expected[file.Name] = n
		order = append(order, file.Name)
	}
	order = append(order, "manifest.json", "manifest.dsse.json")
	var found []string
	var sums strings.Builder
	for _, file := range b.files {
		sum := hex.EncodeToString(hashOf(file.Content))
		if n, listed := expected["SHA256SUMS"]; file.Name == "SHA256SUMS" && listed {
			faults["SUMS_DIFFER"] = hex.EncodeToString(hashOf([]byte(sums.String()))) != b.manifest.Files[n].Sha256
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, file.Name)
		if evidenceName.MatchString(file.Name) {
			faults["EVIDENCE_DIFFERS"] = faults["EVIDENCE_DIFFERS"] || !strings.HasPrefix(file.Name, "evidence/"+sum+".")
			next := len(found) < len(order) && strings.HasPrefix(order[len(found)], "evidence/")
			faults["FILE_ORDER"] = faults["FILE_ORDER"] || !next
			continue
		}
		found = append(found, file.Name)
		n, listed := expected[file.Name]
		switch {
		case !listed:
			faults["FILE_EXTRA"] = faults["FILE_EXTRA"] || !slices.Contains(order, file.Name)
		case b.manifest.Files[n].Sha256 == sum && b.manifest.Files[n].Bytes == int64(len(file.Content)):
			b.sound[file.Name] = true
		default:
			faults["FILE_DIFFERS"] = true
		}
	}
	for _, name := range order {
		faults["FILE_MISSING"] = faults["FILE_MISSING"] || !slices.Contains(found, name)
	}
	for n, name := range found {
		faults["FILE_ORDER"] = faults["FILE_ORDER"] || n >= len(order) || order[n] != name
	}
	faults["EVIDENCE_INDEX"] = !b.indexFits()
	for _, code := range []string{"FILE_MISSING", "FILE_EXTRA", "FILE_ORDER", "FILE_DIFFERS", "EVIDENCE_DIFFERS", "SUMS_DIFFER", "EVIDENCE_INDEX"} {
		if faults[code] {
			b.say("files", "failed", code)
			return
		}
	}
	b.say("files", "verified", "FILES_MATCH")
}

// EvidenceLine is a line of the index.
type EvidenceLine struct {
	Sha256, Kept, Kind string
	Bytes              int64
}

func (b *Bundle) indexLines() ([]EvidenceLine, bool) {
	e := b.manifest.Evidence
	var lines []EvidenceLine
	texts, ok := b.lines("evidence/index", e.Files+e.Hashes+e.Removed)
	for _, text := range texts {
		var line EvidenceLine
		value, canonical := readCanonical(text)
		ok = ok && canonical && evidenceLine(value) && json.Unmarshal(text, &line) == nil
		lines = append(lines, line)
	}
	return lines, ok
}

// lines of all shards up to one that is not of the length that it must have, which is said by false.
func (b *Bundle) lines(name string, count int64) ([][]byte, bool) {
	var all [][]byte
	for n, file := range shards(name, count) {
		text := b.byName[file]
		lines := bytes.Split(text, []byte("\n"))
		expected := min(shard, count-int64(n)*shard)
		whole := int64(len(lines)) - 1
		all = append(all, lines[:min(whole, expected)]...)
		if whole != expected || len(lines[whole]) != 0 {
			return all, false
		}
	}
	return all, true
}

var endings = map[string]string{"vep": "vep", "capsule": "capsule", "token": "token", "source-row": "row"}

func (b *Bundle) indexFits() bool {
	e := b.manifest.Evidence
	for _, name := range shards("evidence/index", e.Files+e.Hashes+e.Removed) {
		if !b.sound[name] {
			return true
		}
	}
	lines, ok := b.indexLines()
	var pieces []File
	for _, file := range b.files {
		if evidenceName.MatchString(file.Name) {
			pieces = append(pieces, file)
		}
	}
	counts, last, next := map[string]int64{}, "", 0
	for _, line := range lines {
		ok = ok && line.Sha256 > last
		last = line.Sha256
		counts[line.Kept]++
		if line.Kept != "file" {
			continue
		}
		ok = ok && next < len(pieces) && pieces[next].Name == "evidence/"+line.Sha256+"."+endings[line.Kind] &&
			int64(len(pieces[next].Content)) == line.Bytes
		next++
	}
	return ok && next == len(pieces) && counts["file"] == e.Files && counts["hash"] == e.Hashes && counts["removed"] == e.Removed
}

func (b *Bundle) checkCheckpoint() {
	if !b.sound["checkpoint.txt"] {
		b.say("checkpoint", "unchecked", "FILE_DIFFERS")
		return
	}
	note := readCheckpoint(b.byName["checkpoint.txt"])
	m := b.manifest
	switch {
	case note == nil:
		b.say("checkpoint", "failed", "CHECKPOINT_FORM")
	case note.Origin != m.Origin || m.Origin != "vex-review-desk/log/"+m.Tenant:
		b.say("checkpoint", "failed", "OTHER_LOG")
	case !note.is(m.Checkpoint):
		b.say("checkpoint", "failed", "CHECKPOINT_DIFFERS")
	default:
		verdict, code := judgeNote(note, b.keys)
		b.say("checkpoint", verdict, code)
	}
}

func (note *Note) is(head Head) bool {
	return strconv.FormatInt(note.Size, 10) == head.Size && hex.EncodeToString(note.Root) == head.Root
}

func readHashes(text []byte) ([][]byte, bool) {
	value, canonical := readCanonical(text)
	array, _ := value.([]any)
	if !canonical || !arrayOf(isHash)(value) || len(array) > 128 {
		return nil, false
	}
	hashes := [][]byte{}
	for _, hash := range array {
		hashes = append(hashes, fromHex(hash.(string)))
	}
	return hashes, true
}

func (b *Bundle) checkConsistency(log *Log) {
	needed := func(name string) bool {
		return slices.ContainsFunc(b.manifest.Files, func(file Listed) bool { return file.Name == name })
	}
	for _, name := range []string{"previous.txt", "proofs/consistency.json"} {
		if needed(name) && !b.sound[name] {
			b.say("consistency", "unchecked", "FILE_DIFFERS")
			return
		}
	}
	var own *Note
	if b.manifest.Previous != nil {
		own = readCheckpoint(b.byName["previous.txt"])
		if code := b.ownFault(own, needed("proofs/consistency.json")); code != "" {
			b.say("consistency", "failed", code)
			return
		}
	}
	note := own
	if b.previous != nil {
		note = readCheckpoint(b.previous)
		if verdict, code := b.keptFault(note, own, log); code != "" {
			b.say("consistency", verdict, code)
			return
		}
	}
	if note == nil {
		return
	}
	verdict, code := judgeNote(note, b.keys)
	if verdict == "verified" {
		code = "FOLLOWS"
	}
	b.say("consistency", verdict, code)
}

func (b *Bundle) ownFault(own *Note, hasProof bool) string {
	m := b.manifest
	var proof [][]byte
	sound := true
	if hasProof {
		proof, sound = readHashes(b.byName["proofs/consistency.json"])
	}
	switch {
	case own == nil:
		return "PREVIOUS_FORM"
	case own.Origin != m.Origin:
		return "OTHER_LOG"
	case !own.is(*m.Previous):
		return "PREVIOUS_DIFFERS"
	case !sound || !consistent(own.Size, own.Root, m.to, fromHex(m.Checkpoint.Root), proof):
		return "NOT_CONSISTENT"
	}
	return ""
}

func (b *Bundle) keptFault(kept, own *Note, log *Log) (string, string) {
	m := b.manifest
	switch {
	case kept == nil:
		return "failed", "PREVIOUS_FORM"
	case kept.Origin != m.Origin:
		return "failed", "OTHER_LOG"
	case kept.Size > m.to:
		return "unchecked", "PREVIOUS_NEWER"
	}
	var known []byte
	switch {
	case kept.Size == m.to:
		known = fromHex(m.Checkpoint.Root)
	case log != nil && log.rootAt[kept.Size] != nil:
		known = log.rootAt[kept.Size]
	case own != nil && own.Size == kept.Size:
		known = own.Root
	default:
		return "unchecked", "PREVIOUS_OTHER"
	}
	if !bytes.Equal(known, kept.Root) {
		return "failed", "FORKED"
	}
	return "", ""
}
