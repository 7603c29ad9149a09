package tools

import (
	"errors"
	"testing"
)

// Commands that tools would split are refused.
func TestAWSProfile_refusesUnsafeCommands(t *testing.T) {
	for _, program := range []string{"", "/opt/my tools/daypass", "/a'b", "/a\"b", "/a$b", "/a\nb", "/a;b", "/a(b)", "/a`b", "/a|b"} {
		if _, err := AWSProfile(keys(), CredsCommand(program, "lake")); !errors.Is(err, ErrCommand) {
			t.Errorf("%q: %v", program, err)
		}
	}
	if _, err := AWSProfile(keys(), Command{Program: "/usr/bin/daypass"}); !errors.Is(err, ErrCommand) {
		t.Errorf("without an argument: %v", err)
	}
}
