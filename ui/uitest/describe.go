package uitest

import (
	"fmt"

	"daypass/ui/present"
)

// DescribeMessage writes a message down as a user would read it from top to bottom.
func DescribeMessage(line func(string, ...any), m present.Message) {
	line("\n## %s (%s)", m.Title, m.Severity)
	line("%s", m.Text)
	if m.Clock != "" {
		line("clock %s %s", m.Clock, m.ClockCaption)
	}
	line("next: %s", m.Next)
	if m.Admin != "" {
		line("admin: %s", m.Admin)
	}
	buttons := ""
	for i, a := range append([]present.Action{m.Primary}, m.Others...) {
		if a.Label != "" {
			buttons += fmt.Sprintf("[%s%s%s] ", map[bool]string{true: "!"}[i == 0], a.Label, map[bool]string{true: " (off)"}[a.Disabled])
		}
	}
	line("%s", buttons)
}
