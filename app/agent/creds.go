package agent

import (
	"bytes"
	"os"
	"path/filepath"

	"daypass/app/tools"
)

// ErrorFrom returns the error in the answer that daypass-creds got instead of credentials. It is nil where asking
// in the ordinary way may help, such as with an agent of another version.
func ErrorFrom(body []byte) error {
	if bytes.Contains(body, []byte(`"`+codeRequest+`"`)) || bytes.Contains(body, []byte(`"`+codeProtocol+`"`)) {
		return nil
	}
	return decodeError(body)
}

// isOurs reports whether exe is this program, or the daypass-creds beside it.
func isOurs(exe string) bool {
	self := executable(os.Getpid())
	return exe == self || exe == filepath.Join(filepath.Dir(self), tools.CredsProgram)
}
