package session

import (
	"strings"
	"time"
)

// Problem is a failure in a user's words. It holds no secret.
type Problem struct {
	// Code is stable and for machines, such as "sts-policy-unknown".
	Code string `json:"code"`
	// Title says what happened, in a few words.
	Title string `json:"title"`
	// Detail says who refused and why, in a sentence.
	Detail string `json:"detail"`
	// NextStep says what the user can do now.
	NextStep string `json:"next_step"`
	// Admin says what an administrator must change; empty where none is needed.
	Admin string `json:"admin,omitempty"`
	// Scope is one that the provider offers, that was not requested, and with which the same sign-in may succeed;
	// empty where there is none.
	Scope string `json:"scope,omitempty"`
	// At is when it happened.
	At time.Time `json:"at"`
}

// Sentence returns an error's text as a sentence, for Problem.Detail.
func Sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
