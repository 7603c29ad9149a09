package autostart

import (
	"fmt"
	"path/filepath"
	"strings"

	"daypass/app/messages"
)

// desktopEntryName is the name of our autostart entry; another program's entry has another name.
const desktopEntryName = "io.github.daypass.Daypass.desktop"

// desktopEntry is the entry for desktops that follow freedesktop.org, in the user's configuration folder.
func (e Entry) desktopEntry(configDir string) file {
	command := execValue(append([]string{e.Program}, e.Args...))
	return file{
		path: filepath.Join(configDir, "autostart", desktopEntryName),
		text: fmt.Appendf(nil, `[Desktop Entry]
Type=Application
Name=Daypass
%sExec=%s
Icon=daypass
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`, comments(), command),
		starts: []byte("\nExec=" + command + "\n"),
	}
}

// comments are what the program is for, in each language, by the names that the Desktop Entry Specification has for them.
func comments() string {
	text := ""
	for i, l := range messages.Languages() {
		name := "Comment"
		if i > 0 {
			name += "[" + l.Locale() + "]"
		}
		text += name + "=" + messages.In(l.Tag).Text("agent.autostart.comment") + "\n"
	}
	return text
}

// execValue writes a command as the value of Exec: each argument quoted as the Desktop Entry
// Specification has it, the whole escaped once more as a string, and percent signs doubled.
func execValue(args []string) string {
	quote := strings.NewReplacer("\\", "\\\\\\\\", `"`, `\\"`, "`", "\\\\`", "$", `\\$`, "%", "%%")
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = `"` + quote.Replace(arg) + `"`
	}
	return strings.Join(quoted, " ")
}
