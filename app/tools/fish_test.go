package tools

import "testing"

func TestFish_output(t *testing.T) {
	toolTest{
		snippet: "daypass env lake --shell fish | source",
		label:   "Environment for fish",
		formats: map[string]string{"fish": "...\nset -gx AWS_ACCESS_KEY_ID 'AKID'\n"},
	}.check(t, fish())
	if got := fishSet(Variable{"X", `a'b\c`}); got != `set -gx X 'a\'b\\c'` {
		t.Errorf("%s", got)
	}
}
