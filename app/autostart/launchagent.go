package autostart

import (
	"encoding/xml"
	"path/filepath"
	"strings"
)

// label names our LaunchAgent.
const label = "io.github.daypass.Daypass"

// launchAgent is the entry for macOS, in the user's home folder. It is read at the next login.
func (e Entry) launchAgent(home string) file {
	var args strings.Builder
	for _, arg := range append([]string{e.Program}, e.Args...) {
		args.WriteString("\t\t<string>")
		_ = xml.EscapeText(&args, []byte(arg)) // a strings.Builder takes everything
		args.WriteString("</string>\n")
	}
	starts := "\t<array>\n" + args.String() + "\t</array>\n"
	text := `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>` + label + `</string>
	<key>ProgramArguments</key>
` + starts + `	<key>RunAtLoad</key>
	<true/>
	<key>ProcessType</key>
	<string>Interactive</string>
</dict>
</plist>
`
	return file{filepath.Join(home, "Library", "LaunchAgents", label+".plist"), []byte(text), []byte(starts)}
}
