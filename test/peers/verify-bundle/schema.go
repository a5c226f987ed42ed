package main

import (
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strconv"
	"unicode/utf16"
)

// Rule says whether a value read from JSON is what it must be.
type Rule func(any) bool

func pattern(expression string) Rule {
	compiled := regexp.MustCompile(expression)
	return func(value any) bool {
		text, ok := value.(string)
		return ok && compiled.MatchString(text)
	}
}

var (
	isHash      = pattern(`\A[0-9a-f]{64}\z`)
	isUUID      = pattern(`\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z`)
	isDecimal   = pattern(`\A(0|[1-9][0-9]*)\z`)
	isInstant   = pattern(`\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z\z`)
	isCode      = pattern(`\A[A-Z0-9_]{1,64}\z`)
	isCheckName = pattern(`\A[a-z0-9_.-]{1,64}\z`)
	isFieldName = pattern(`\A[a-z_]{1,64}\z`)
	isOutcome   = oneOf("approved", "rejected", "withdrawn", "expired", "unknown")
	isVerdict   = oneOf("verified", "failed", "unchecked")
	isRole      = oneOf("escalation", "resolution")
	isKind      = oneOf("vep", "capsule", "token", "source-row")
	isWithheld  = oneOf("redacted", "removed")
	// Characters are UTF-16 code units.
	isShortText Rule = func(value any) bool {
		text, ok := value.(string)
		units := len(utf16.Encode([]rune(text)))
		return ok && units >= 1 && units <= 200
	}
	isText     Rule = func(value any) bool { _, ok := value.(string); return ok }
	isBool     Rule = func(value any) bool { _, ok := value.(bool); return ok }
	isCount    Rule = func(value any) bool { n, ok := integer(value); return ok && n >= 0 }
	atLeastOne Rule = func(value any) bool { n, ok := integer(value); return ok && n >= 1 }
)

func integer(value any) (int64, bool) {
	number, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(string(number), 10, 64)
	return n, err == nil
}

func oneOf(texts ...string) Rule {
	return func(value any) bool {
		for _, text := range texts {
			if value == text {
				return true
			}
		}
		return false
	}
}

func orNull(rule Rule) Rule {
	return func(value any) bool { return value == nil || rule(value) }
}

func either(rules ...Rule) Rule {
	return func(value any) bool {
		for _, rule := range rules {
			if rule(value) {
				return true
			}
		}
		return false
	}
}

func arrayOf(rule Rule) Rule {
	return func(value any) bool {
		array, ok := value.([]any)
		for _, element := range array {
			ok = ok && rule(element)
		}
		return ok
	}
}

func mapOf(name, rule Rule) Rule {
	return func(value any) bool {
		object, ok := value.(map[string]any)
		for key, member := range object {
			ok = ok && name(key) && rule(member)
		}
		return ok
	}
}

// object has exactly these members.
func object(members map[string]Rule) Rule {
	return func(value any) bool {
		object, ok := value.(map[string]any)
		return ok && len(object) == len(members) && withMembers(members)(value)
	}
}

// withMembers has these members and may have others.
func withMembers(members map[string]Rule) Rule {
	return func(value any) bool {
		object, ok := value.(map[string]any)
		if !ok {
			return false
		}
		for name, rule := range members {
			member, there := object[name]
			if !there || !rule(member) {
				return false
			}
		}
		return true
	}
}

var head = object(map[string]Rule{"size": isDecimal, "root": isHash})

var isManifest = object(map[string]Rule{
	"format": oneOf("vex-review-desk/bundle"), "version": func(value any) bool { return value == json.Number("1") },
	"generator": isShortText, "tenant": isUUID, "origin": isShortText,
	"period":    object(map[string]Rule{"from": orNull(isInstant), "to": orNull(isInstant)}),
	"query":     mapOf(isText, either(isText, isBool, orNull(func(value any) bool { _, ok := integer(value); return ok }))),
	"range":     object(map[string]Rule{"from": isDecimal, "to": isDecimal}),
	"entries":   object(map[string]Rule{"whole": isCount, "hashed": isCount}),
	"decisions": object(map[string]Rule{"signed": isCount, "unsigned": isCount}),
	"evidence":  object(map[string]Rule{"files": isCount, "hashes": isCount, "removed": isCount}),
	"records":   isCount, "records_left_out": isCount,
	"withheld":   object(map[string]Rule{"redacted": mapOf(isFieldName, atLeastOne), "removed": mapOf(isFieldName, atLeastOne)}),
	"checkpoint": head, "previous": orNull(head),
	"files": arrayOf(object(map[string]Rule{"name": isText, "bytes": isCount, "sha256": isHash})),
})

var field = either(
	object(map[string]Rule{"name": isText, "salt": isHash, "value": isText}),
	object(map[string]Rule{"name": isText, "withheld": isWithheld}),
)
var wholeLine = object(map[string]Rule{"seq": isDecimal, "leaf": isText, "fields": arrayOf(field)})
var hashedLine = object(map[string]Rule{"seq": isDecimal, "hash": isHash})
var evidenceLine = either(
	object(map[string]Rule{"sha256": isHash, "kept": oneOf("file", "hash"), "kind": isKind, "bytes": isCount}),
	object(map[string]Rule{"sha256": isHash, "kept": oneOf("removed")}),
)
var isLeaf = withMembers(map[string]Rule{
	"kind": isText, "seq": isDecimal, "at": isInstant, "tenant": isUUID, "fields": mapOf(isText, isHash),
})

var isDecision = object(map[string]Rule{
	"_type":         oneOf("https://in-toto.io/Statement/v1"),
	"predicateType": oneOf(decisionType),
	"subject": func(value any) bool {
		subject := object(map[string]Rule{"name": pattern(`(?s).`), "digest": object(map[string]Rule{"sha256": isHash})})
		array, _ := value.([]any)
		return len(array) > 0 && arrayOf(subject)(value)
	},
	"predicate": object(map[string]Rule{
		"tenant": isUUID, "escalation_id": isHash, "event": isUUID, "outcome": isOutcome, "reason_code": isCode,
		"reason": isHash, "reviewer": isHash, "key": isHash, "signed_by": oneOf("reviewer", "desk"), "view_sha256": isHash,
		"shown_at": orNull(isInstant), "decided_at": isInstant,
		"verdicts": arrayOf(object(map[string]Rule{
			"sha256": isHash, "role": isRole, "verdict": isVerdict,
			"checks": arrayOf(object(map[string]Rule{"name": isCheckName, "verdict": isVerdict, "code": isCode})),
		})),
		"findings": arrayOf(isCode), "opened": arrayOf(object(map[string]Rule{"sha256": isHash, "ms": isCount})),
		"suggestion": object(map[string]Rule{"shown": isBool, "default": orNull(isOutcome)}),
		"overrides":  arrayOf(isCheckName), "accepted_unchecked": arrayOf(isCheckName),
		"policy": orNull(isHash), "settings": orNull(isHash),
	}),
})

func fromHex(text string) []byte {
	decoded, _ := hex.DecodeString(text)
	return decoded
}
