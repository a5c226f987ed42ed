package main

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// VerifyCheckpoint judges a signed head by itself (docs/formats/signed-heads.md).
func VerifyCheckpoint(whole []byte, keys []Key, previous []byte) []Check {
	head := readCheckpoint(whole)
	if head == nil {
		return []Check{{"structure", "failed", "FILE_FORM"}}
	}
	return judgeHead(head, keys, previous)
}

// VerifyProof judges the proof of one entry, with its head and, of a decision, its statement.
func VerifyProof(whole []byte, keys []Key, previous []byte) []Check {
	proof := readProof(whole)
	if proof == nil {
		return []Check{{"structure", "failed", "FILE_FORM"}}
	}
	checks := judgeHead(proof.head, keys, previous)
	seq := strconv.FormatInt(proof.index, 10)
	tenant := proof.leaf["tenant"].(string)
	if proof.leads() && proof.leaf["seq"] == seq && proof.head.Origin == "vex-review-desk/log/"+tenant {
		checks = append(checks, Check{"inclusion", "verified", "INCLUDED"})
	} else {
		checks = append(checks, Check{"inclusion", "failed", "NOT_INCLUDED"})
	}
	if proof.leaf["kind"] != "decision.recorded" {
		return checks
	}
	if proof.leaf["envelope"] == nil {
		return append(checks, Check{"statement", "unchecked", "UNSIGNED"})
	}
	verdict, code := judgeStatement(proof.leaf, proof.leaf["envelope"], keys)
	return append(checks, Check{"statement", verdict, code})
}

func judgeHead(head *Note, keys []Key, previous []byte) []Check {
	verdict, code := judgeNote(head, keys)
	checks := []Check{{"checkpoint", verdict, code}}
	if previous == nil {
		return checks
	}
	verdict, code = followsFile(head, readCheckpoint(previous), keys)
	return append(checks, Check{"consistency", verdict, code})
}

// followsFile: these files have no path to a head of another size.
func followsFile(head, kept *Note, keys []Key) (string, string) {
	switch {
	case kept == nil:
		return "failed", "PREVIOUS_FORM"
	case kept.Origin != head.Origin:
		return "failed", "OTHER_LOG"
	case kept.Size > head.Size:
		return "unchecked", "PREVIOUS_NEWER"
	case kept.Size != head.Size:
		return "unchecked", "PREVIOUS_OTHER"
	case !bytes.Equal(kept.Root, head.Root):
		return "failed", "FORKED"
	}
	verdict, code := judgeNote(kept, keys)
	if verdict == "verified" {
		code = "FOLLOWS"
	}
	return verdict, code
}

// Proof is a C2SP tlog-proof whose extra data are the leaf.
type Proof struct {
	index    int64
	path     [][]byte
	head     *Note
	leafText []byte
	leaf     map[string]any
}

func readProof(whole []byte) *Proof {
	above, below, found := strings.Cut(string(whole), "\n\n")
	lines := strings.Split(above, "\n")
	if !utf8.Valid(whole) || !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" || len(lines) > 3+63 {
		return nil
	}
	extra, hasExtra := strings.CutPrefix(lines[1], "extra ")
	index, hasIndex := strings.CutPrefix(lines[2], "index ")
	leafText, sound := decodeBase64(extra)
	proof := &Proof{head: readCheckpoint([]byte(below)), leafText: leafText}
	if !hasExtra || !hasIndex || !sound || !isDecimal(index) || proof.head == nil {
		return nil
	}
	var err error
	if proof.index, err = strconv.ParseInt(index, 10, 64); err != nil {
		return nil
	}
	for _, line := range lines[3:] {
		hash, ok := decodeBase64(line)
		if !ok || len(hash) != 32 {
			return nil
		}
		proof.path = append(proof.path, hash)
	}
	leaf, canonical := readCanonical(leafText)
	if !canonical || !isLeaf(leaf) {
		return nil
	}
	proof.leaf = leaf.(map[string]any)
	return proof
}

// leads says whether the path goes from the leaf at its index to the root (RFC 9162, 2.1.3.2).
func (proof *Proof) leads() bool {
	if proof.index >= proof.head.Size {
		return false
	}
	fn, sn, hash := proof.index, proof.head.Size-1, leafHash(proof.leafText)
	for _, sibling := range proof.path {
		if sn == 0 {
			return false
		}
		if fn&1 == 1 || fn == sn {
			hash = nodeHash(sibling, hash)
			for ; fn&1 == 0 && fn != 0; fn, sn = fn>>1, sn>>1 {
			}
		} else {
			hash = nodeHash(hash, sibling)
		}
		fn, sn = fn>>1, sn>>1
	}
	return sn == 0 && slices.Equal(hash, proof.head.Root)
}
