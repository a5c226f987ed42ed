package main

import (
	"bytes"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

const decisionType = "https://vex-review-desk.example/decision/v1"
const payloadType = "application/vnd.in-toto+json"

// Envelope is a DSSE envelope with its one signature.
type Envelope struct {
	payloadType, payload, keyID string
	signature                   []byte
}

// readEnvelope takes members as DSSE has them: `keyid` may be missing, nothing else may be there.
func readEnvelope(value any) *Envelope {
	form := object(map[string]Rule{"payloadType": isText, "payload": isText, "signatures": arrayOf(either(
		object(map[string]Rule{"sig": isText}), object(map[string]Rule{"sig": isText, "keyid": isText})))})
	if !form(value) {
		return nil
	}
	members := value.(map[string]any)
	signatures := members["signatures"].([]any)
	payload, sound := decodeBase64(members["payload"].(string))
	if !sound || len(signatures) != 1 {
		return nil
	}
	first := signatures[0].(map[string]any)
	signature, sound := decodeBase64(first["sig"].(string))
	keyID, _ := first["keyid"].(string)
	if !sound {
		return nil
	}
	return &Envelope{members["payloadType"].(string), string(payload), keyID, signature}
}

func pae(kind string, payload []byte) []byte {
	head := "DSSEv1 " + strconv.Itoa(len(kind)) + " " + kind + " " + strconv.Itoa(len(payload)) + " "
	return append([]byte(head), payload...)
}

// Log is what reading all entries has shown.
type Log struct {
	fault                                   string
	root                                    []byte
	rootAt                                  map[int64][]byte
	whole, hashed, signed, unsigned, opened int64
	withheld                                map[string]map[string]int64
	field, failed, unchecked                string
	statements                              []string
	named                                   map[string]bool
}

// readLog reads every entry; nil where a file that it needs is not sound.
func (b *Bundle) readLog() *Log {
	for _, file := range b.manifest.Files {
		folder, _, _ := strings.Cut(file.Name, "/")
		if slices.Contains([]string{"log", "statements", "evidence"}, folder) && !b.sound[file.Name] {
			return nil
		}
	}
	if !b.sound["proofs/range.json"] {
		return nil
	}
	log := &Log{
		rootAt: map[int64][]byte{}, named: map[string]bool{},
		withheld: map[string]map[string]int64{"redacted": {}, "removed": {}},
	}
	left, _ := readHashes(b.byName["proofs/range.json"])
	entries := newRange(b.manifest.from, left)
	if entries == nil {
		log.fault = "RANGE_FORM"
		return log
	}
	log.rootAt[b.manifest.from] = entries.root()
	lines, complete := b.lines("log/entries", b.manifest.to-b.manifest.from)
	for _, line := range lines {
		if log.fault = log.entry(b, entries, line); log.fault != "" {
			return log
		}
		log.rootAt[int64(entries.Count)] = entries.root()
	}
	if !complete {
		log.fault = "ENTRY_FORM"
	}
	log.root = entries.root()
	return log
}

func (log *Log) entry(b *Bundle, entries *Range, text []byte) string {
	value, canonical := readCanonical(text)
	if !canonical || !hashedLine(value) && !wholeLine(value) {
		return "ENTRY_FORM"
	}
	line := value.(map[string]any)
	place := strconv.FormatUint(entries.Count, 10)
	if line["seq"] != place {
		return "ENTRY_PLACE"
	}
	if hash, hashed := line["hash"].(string); hashed {
		log.hashed++
		entries.add(fromHex(hash))
		return ""
	}
	leafText := []byte(line["leaf"].(string))
	parsed, canonical := readCanonical(leafText)
	if !canonical || !isLeaf(parsed) {
		return "ENTRY_FORM"
	}
	leaf := parsed.(map[string]any)
	if leaf["seq"] != place || leaf["tenant"] != b.manifest.Tenant {
		return "ENTRY_PLACE"
	}
	log.whole++
	log.fields(leaf["fields"].(map[string]any), line["fields"].([]any))
	log.decision(b, leaf, place)
	log.name(leaf)
	entries.add(leafHash(leafText))
	return ""
}

func (log *Log) fields(committed map[string]any, given []any) {
	names := sortedNames(committed)
	fits := len(names) == len(given)
	for n, one := range given {
		fits = fits && one.(map[string]any)["name"] == names[n]
	}
	if !fits {
		first(&log.field, "FIELDS_OTHER")
	}
	for _, one := range given {
		field := one.(map[string]any)
		name := field["name"].(string)
		if why, withheld := field["withheld"].(string); withheld {
			log.withheld[why][name]++
			continue
		}
		made := commitment(fromHex(field["salt"].(string)), []byte(field["value"].(string)))
		if committed[name] == hex.EncodeToString(made) {
			log.opened++
		} else {
			first(&log.field, "FIELD_DIFFERS")
		}
	}
}

func first(kept *string, code string) {
	if *kept == "" {
		*kept = code
	}
}

func (log *Log) name(leaf map[string]any) {
	kinds := []string{"escalation.recorded", "escalation.updated", "evidence.attached", "decision.recorded"}
	named := arrayOf(either(isHash, withMembers(map[string]Rule{"sha256": isHash})))
	if !slices.Contains(kinds, leaf["kind"].(string)) || !named(leaf["evidence"]) {
		return
	}
	for _, one := range leaf["evidence"].([]any) {
		if piece, ok := one.(map[string]any); ok {
			one = piece["sha256"]
		}
		log.named[one.(string)] = true
	}
}

func (log *Log) decision(b *Bundle, leaf map[string]any, seq string) {
	if leaf["kind"] != "decision.recorded" {
		return
	}
	envelope, there := leaf["envelope"]
	if !there || envelope == nil {
		log.unsigned++
		first(&log.unchecked, "UNSIGNED")
		return
	}
	log.signed++
	log.statements = append(log.statements, canonicalText(map[string]any{"seq": seq, "envelope": envelope})+"\n")
	switch verdict, code := judgeStatement(leaf, envelope, b.keys); verdict {
	case "failed":
		first(&log.failed, code)
	case "unchecked":
		first(&log.unchecked, code)
	}
}

func judgeStatement(leaf map[string]any, value any, keys []Key) (string, string) {
	envelope := readEnvelope(value)
	if envelope == nil {
		return "failed", "ENVELOPE_FORM"
	}
	if envelope.payloadType != payloadType {
		return "unchecked", "UNKNOWN_STATEMENT"
	}
	statement, canonical := readCanonical([]byte(envelope.payload))
	ofAnyKind := withMembers(map[string]Rule{"_type": oneOf("https://in-toto.io/Statement/v1"), "predicateType": isText})
	if !canonical || !ofAnyKind(statement) {
		return "failed", "NOT_A_STATEMENT"
	}
	if statement.(map[string]any)["predicateType"] != decisionType {
		return "unchecked", "UNKNOWN_STATEMENT"
	}
	if !isDecision(statement) {
		return "failed", "NOT_A_STATEMENT"
	}
	predicate := statement.(map[string]any)["predicate"].(map[string]any)
	at, err := time.Parse(time.RFC3339Nano, predicate["decided_at"].(string))
	if err != nil {
		return "failed", "NOT_A_STATEMENT"
	}
	if !saysTheSame(leaf, predicate) || !namesItsPacket(leaf, statement.(map[string]any)["subject"].([]any)) {
		return "failed", "STATEMENT_DIFFERS"
	}
	message := pae(envelope.payloadType, []byte(envelope.payload))
	verdict, code, public := judge(message, envelope.signature, predicate["signed_by"].(string), keys, &at)
	if public != "" && public != predicate["key"] {
		return "failed", "OTHER_KEY"
	}
	return verdict, code
}

func saysTheSame(leaf, predicate map[string]any) bool {
	for _, name := range []string{"tenant", "event", "outcome", "reason_code", "view_sha256", "overrides", "accepted_unchecked", "signed_by"} {
		if canonicalText(leaf[name]) != canonicalText(predicate[name]) {
			return false
		}
	}
	fields := leaf["fields"].(map[string]any)
	for _, name := range []string{"escalation_id", "reason", "reviewer"} {
		if fields[name] != predicate[name] {
			return false
		}
	}
	policy, there := fields["policy"]
	return !there || policy == predicate["policy"]
}

// namesItsPacket compares what the leaf says of the resolution's packet with the subjects of that name.
func namesItsPacket(leaf map[string]any, subjects []any) bool {
	resolution, there := leaf["resolution"]
	if !there {
		return true
	}
	var named, packets []string
	for _, one := range []struct {
		value  any
		member string
	}{{resolution, "vep_hash"}, {leaf["sealed"], "vep_sha256"}} {
		object, _ := one.value.(map[string]any)
		if hash, ok := object[one.member].(string); ok && !slices.Contains(named, hash) {
			named = append(named, hash)
		}
	}
	for _, one := range subjects {
		subject := one.(map[string]any)
		if subject["name"] == "resolution" {
			packets = append(packets, subject["digest"].(map[string]any)["sha256"].(string))
		}
	}
	return slices.Equal(named, packets)
}

// checkLog says inclusion, opening and statement.
func (b *Bundle) checkLog(log *Log) {
	if log == nil {
		for _, name := range []string{"inclusion", "opening", "statement"} {
			b.say(name, "unchecked", "FILE_DIFFERS")
		}
		return
	}
	if log.fault != "" {
		b.say("inclusion", "failed", log.fault)
		b.say("opening", "unchecked", "NOT_READ")
		b.say("statement", "unchecked", "NOT_READ")
		return
	}
	b.say(b.inclusion(log))
	if code := b.opening(log); code != "" {
		b.say("opening", "failed", code)
	} else if log.opened > 0 {
		b.say("opening", "verified", "OPENED")
	}
	switch {
	case log.signed+log.unsigned == 0:
	case log.failed != "":
		b.say("statement", "failed", log.failed)
	case !b.statementsFit(log):
		b.say("statement", "failed", "STATEMENTS_DIFFER")
	case log.unchecked != "":
		b.say("statement", "unchecked", log.unchecked)
	default:
		b.say("statement", "verified", "SIGNED")
	}
}

func (b *Bundle) inclusion(log *Log) (string, string, string) {
	m := b.manifest
	lines, ok := b.indexLines()
	for _, line := range lines {
		ok = ok && log.named[line.Sha256]
	}
	switch {
	case !bytes.Equal(log.root, fromHex(m.Checkpoint.Root)):
		return "inclusion", "failed", "ROOT_DIFFERS"
	case m.Entries.Whole != log.whole || m.Entries.Hashed != log.hashed || m.Decisions.Signed != log.signed || m.Decisions.Unsigned != log.unsigned:
		return "inclusion", "failed", "COUNT_DIFFERS"
	case !ok || len(lines) != len(log.named):
		return "inclusion", "failed", "EVIDENCE_OTHER"
	case log.hashed > 0:
		return "inclusion", "verified", "COMPLETE_BUT_HASHED"
	}
	return "inclusion", "verified", "COMPLETE"
}

func (b *Bundle) opening(log *Log) string {
	if log.field != "" {
		return log.field
	}
	said := b.manifest.Withheld
	if !maps.Equal(said.Redacted, log.withheld["redacted"]) || !maps.Equal(said.Removed, log.withheld["removed"]) {
		return "WITHHELD_DIFFERS"
	}
	return ""
}

func (b *Bundle) statementsFit(log *Log) bool {
	n := 0
	for _, file := range b.manifest.Files {
		if !strings.HasPrefix(file.Name, "statements/") {
			continue
		}
		end := min((n+1)*shard, len(log.statements))
		made := strings.Join(log.statements[min(n*shard, end):end], "")
		if hex.EncodeToString(hashOf([]byte(made))) != file.Sha256 {
			return false
		}
		n++
	}
	return n*shard >= len(log.statements)
}
