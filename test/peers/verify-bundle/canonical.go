package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
)

// readCanonical reads JSON that is in RFC 8785 form and in no other.
func readCanonical(text []byte) (any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil, false
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, false
	}
	var out strings.Builder
	return value, isShallow(value, 64) && writeCanonical(&out, value) && out.String() == string(text)
}

// isShallow says whether arrays and objects nest at most so many levels deep.
func isShallow(value any, levels int) bool {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			if !isShallow(element, levels-1) {
				return false
			}
		}
		return levels > 0
	case map[string]any:
		for _, member := range value {
			if !isShallow(member, levels-1) {
				return false
			}
		}
		return levels > 0
	}
	return true
}

func canonicalText(value any) string {
	var out strings.Builder
	writeCanonical(&out, value)
	return out.String()
}

func writeCanonical(out *strings.Builder, value any) bool {
	switch value := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(value))
	case string:
		writeString(out, value)
	case json.Number:
		return writeNumber(out, value)
	case []any:
		out.WriteByte('[')
		for n, element := range value {
			if n > 0 {
				out.WriteByte(',')
			}
			if !writeCanonical(out, element) {
				return false
			}
		}
		out.WriteByte(']')
	case map[string]any:
		return writeObject(out, value)
	default:
		return false
	}
	return true
}

func writeObject(out *strings.Builder, object map[string]any) bool {
	out.WriteByte('{')
	for n, name := range sortedNames(object) {
		if n > 0 {
			out.WriteByte(',')
		}
		writeString(out, name)
		out.WriteByte(':')
		if !writeCanonical(out, object[name]) {
			return false
		}
	}
	out.WriteByte('}')
	return true
}

// sortedNames orders by UTF-16 code units.
func sortedNames(object map[string]any) []string {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	sort.Slice(names, func(a, b int) bool {
		left, right := utf16.Encode([]rune(names[a])), utf16.Encode([]rune(names[b]))
		for n := 0; n < len(left) && n < len(right); n++ {
			if left[n] != right[n] {
				return left[n] < right[n]
			}
		}
		return len(left) < len(right)
	})
	return names
}

var short = map[rune]string{'\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`, '"': `\"`, '\\': `\\`}

func writeString(out *strings.Builder, text string) {
	out.WriteByte('"')
	for _, r := range text {
		if escaped, ok := short[r]; ok {
			out.WriteString(escaped)
		} else if r < 0x20 {
			fmt.Fprintf(out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
}

// writeNumber writes as ECMAScript does; integers beyond 2^53 - 1 and minus zero have no canonical form here.
func writeNumber(out *strings.Builder, number json.Number) bool {
	value, err := number.Float64()
	if err != nil || (value == 0 && math.Signbit(value)) || (value == math.Trunc(value) && math.Abs(value) > 1<<53-1) {
		return false
	}
	if math.Abs(value) >= 1e-6 && math.Abs(value) < 1e21 || value == 0 {
		out.WriteString(strconv.FormatFloat(value, 'f', -1, 64))
		return true
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(value, 'e', -1, 64), "e")
	out.WriteString(mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0"))
	return true
}

// decodeBase64 takes standard base64 in its one form.
func decodeBase64(text string) ([]byte, bool) {
	decoded, err := base64.StdEncoding.Strict().DecodeString(text)
	return decoded, err == nil && base64.StdEncoding.EncodeToString(decoded) == text
}
