// Verifies audit bundles, signed heads and proofs of entries as docs/formats/bundle.md, signed-heads.md and statement.md have
// it, with Go's standard library alone. It shares no line with the desk: where the two disagree, one of them or the page
// is wrong.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

// Check is one line of a verdict.
type Check struct {
	Name    string `json:"name"`
	Verdict string `json:"verdict"`
	Code    string `json:"code"`
}

func main() {
	trustFile := flag.String("trust", "", "trust file: a JSON array of keys")
	previousFile := flag.String("previous", "", "a checkpoint kept from before")
	kind := flag.String("kind", "bundle", "bundle, checkpoint or proof")
	flag.Parse()
	verify := map[string]func([]byte, []Key, []byte) []Check{
		"bundle": Verify, "checkpoint": VerifyCheckpoint, "proof": VerifyProof,
	}[*kind]
	var keys []Key
	if *trustFile != "" {
		must(json.Unmarshal(mustRead(*trustFile), &keys))
	}
	var previous []byte
	if *previousFile != "" {
		previous = mustRead(*previousFile)
	}
	for _, name := range flag.Args() {
		checks := verify(mustRead(name), keys, previous)
		line, err := json.Marshal(map[string]any{"file": name, "checks": checks})
		must(err)
		fmt.Println(string(line))
	}
}

func mustRead(name string) []byte {
	bytes, err := os.ReadFile(name)
	must(err)
	return bytes
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
