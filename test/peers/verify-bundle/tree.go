package main

import (
	"bytes"
	"crypto/sha256"
	"math/bits"
)

func hashOf(parts ...[]byte) []byte {
	sum := sha256.New()
	for _, part := range parts {
		sum.Write(part)
	}
	return sum.Sum(nil)
}

func leafHash(leaf []byte) []byte          { return hashOf([]byte{0}, leaf) }
func nodeHash(left, right []byte) []byte   { return hashOf([]byte{1}, left, right) }
func commitment(salt, value []byte) []byte { return hashOf([]byte{2}, salt, value) }

// Range is the complete subtrees of the entries so far, largest first.
type Range struct {
	Count uint64
	Stack [][]byte
}

func newRange(from int64, left [][]byte) *Range {
	if bits.OnesCount64(uint64(from)) != len(left) {
		return nil
	}
	return &Range{uint64(from), append([][]byte{}, left...)}
}

func (r *Range) add(hash []byte) {
	for rest := r.Count; rest&1 == 1; rest >>= 1 {
		hash = nodeHash(r.Stack[len(r.Stack)-1], hash)
		r.Stack = r.Stack[:len(r.Stack)-1]
	}
	r.Stack = append(r.Stack, hash)
	r.Count++
}

func (r *Range) root() []byte {
	if len(r.Stack) == 0 {
		return hashOf()
	}
	root := r.Stack[len(r.Stack)-1]
	for n := len(r.Stack) - 2; n >= 0; n-- {
		root = nodeHash(r.Stack[n], root)
	}
	return root
}

// consistent says whether the tree of size second begins with that of size first (RFC 9162, 2.1.4.2).
func consistent(first int64, firstRoot []byte, second int64, secondRoot []byte, proof [][]byte) bool {
	if first == 0 {
		return bytes.Equal(firstRoot, hashOf())
	}
	if first >= second {
		return first == second && len(proof) == 0 && bytes.Equal(firstRoot, secondRoot)
	}
	path := proof
	if first&(first-1) == 0 {
		path = append([][]byte{firstRoot}, proof...)
	}
	if len(path) == 0 {
		return false
	}
	fn, sn := first-1, second-1
	for ; fn&1 == 1; fn, sn = fn>>1, sn>>1 {
	}
	older, newer := path[0], path[0]
	for _, hash := range path[1:] {
		if sn == 0 {
			return false
		}
		if fn&1 == 1 || fn == sn {
			older, newer = nodeHash(hash, older), nodeHash(hash, newer)
			for ; fn&1 == 0 && fn != 0; fn, sn = fn>>1, sn>>1 {
			}
		} else {
			newer = nodeHash(newer, hash)
		}
		fn, sn = fn>>1, sn>>1
	}
	return sn == 0 && bytes.Equal(older, firstRoot) && bytes.Equal(newer, secondRoot)
}
